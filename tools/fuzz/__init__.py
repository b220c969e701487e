"""Send damaged requests to the whole site and damaged text to its parsers, and check what comes back.

python -m tools.fuzz            the long run; --minutes says how long, --seed where it starts
python -m tools.fuzz --short    the run of CI: a minute
python -m tools.fuzz table      the table of bad inputs; with --write, into tests/fuzz/bad_inputs.md
"""
