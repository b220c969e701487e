"""Bad input, made by the hundred thousand: requests to the whole site, and bytes for what reads content and cookies.

python -m tools.fuzz requests        requests in this process; --seed, --count, --only 4711 to repeat one
python -m tools.fuzz parsers         a coverage-guided fuzzer on each target; --seconds, --runs, --target
python -m tools.fuzz table           the table of bad inputs; --write into docs/fuzz.md
python -m tools.fuzz short           what CI runs of the first two
"""
