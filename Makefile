# Developer commands. Each creates .venv first if it is missing.
.PHONY: help run dev test quick check audit screenshots fix lock pinyin bench fuzz sbom advisories

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' Makefile

run: ## serve production settings on 127.0.0.1:8000 (PORT=8123 make run: elsewhere)
	@tools/run.sh

dev: ## serve with DEBUG on, and reload when code or content changes
	@tools/dev.sh

test: ## all tests (ARGS="-n 0 -k plan": some of them)
	@tools/setup.sh dev
	@exec .venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

quick: ## the fast tests: no browser, no server, no nginx, npm or PostgreSQL
	@tools/setup.sh dev
	@exec .venv/bin/python -m pytest -n 2 --dist worksteal -m "not slow" $(foreach part,journeys deploy audit fuzz,--ignore tests/$(part)) $(ARGS)

check: ## format, lint, types, content, migrations, locks
	@tools/check.sh

audit: ## axe, HTML, Lighthouse, weights, old browsers, over every page (ARGS=--write: into docs/audit.md)
	@tools/audit.sh $(ARGS)

screenshots: ## screenshots of every kind of page, into var/screenshots/
	@tools/setup.sh dev
	@exec .venv/bin/python -m tools.screenshots $(ARGS)

fix: ## format code and fix what the linter can
	@tools/setup.sh dev
	@.venv/bin/python -m ruff check --fix --quiet; .venv/bin/python -m ruff format --quiet

lock: ## compile the locks from their .in files (ARGS=--upgrade: newest versions)
	@.venv/bin/uv --version >/dev/null 2>&1 || tools/setup.sh dev
	@.venv/bin/python -m tools.lock $(ARGS)

pinyin: ## write the pinyin of titles, terms and synonyms for search
	@tools/setup.sh dev
	@.venv/bin/python -m tools.pinyin

bench: ## speed beside a bare Django view, memory, costs of requests, nginx (five minutes)
	@tools/setup.sh dev
	@tools/static.sh
	@failed=; for tool in bench bench_costs bench_nginx; do .venv/bin/python -m tools.$$tool || failed=1; done; test -z "$$failed"

fuzz: ## fuzz requests and parsers for 20 minutes (ARGS=--short: a minute, as in CI)
	@tools/setup.sh dev
	@tools/static.sh
	@.venv/bin/python -m tools.fuzz $(ARGS)

# Release tools run by their lock in an environment that uv caches.
RELEASE_TOOL = .venv/bin/uv run --quiet --no-project --isolated --with-requirements requirements-release.txt --

sbom: ## the software bill of materials (CycloneDX), into var/sbom.json
	@tools/setup.sh dev
	@PYTHONWARNINGS=ignore $(RELEASE_TOOL) cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible --output-file var/sbom.json requirements.txt

advisories: ## known vulnerabilities of the locked packages (needs the network)
	@tools/setup.sh dev
	@failed=; \
	for lock in requirements.txt requirements-dev.txt requirements-release.txt; do \
		$(RELEASE_TOOL) pip-audit --strict --progress-spinner off --disable-pip --require-hashes --requirement $$lock || failed=1; \
	done; \
	(cd tools/audit && npm audit) || failed=1; \
	test -z "$$failed"
