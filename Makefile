# What a contributor and the CI run. `make` alone lists the targets. Only `venv`, `system` and `lock`
# need a network.

PYTHON ?= python3
UV ?= uv
VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# In the order of tests/conftest.py: files with few tests, which xdist would leave to the end, are the longest ones
PYTEST := $(PY) -m pytest -n 4 --dist loadfile --no-loadscope-reorder

SHELL := /bin/sh
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# The tests start thousands of processes. Where nothing compiled may be kept, each compiles the program again.
unexport PYTHONDONTWRITEBYTECODE

# A universal lock: every file of every platform, by its hash, and no address. A package that is wanted with an extra is
# named with it: pip would otherwise look for a newer release with that extra, and find no hash for it.
LOCK := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-strip-extras --custom-compile-command 'make lock' --quiet

# Compiled by the installation, see hatch_build.py
CATALOGUES := $(wildcard src/selfaudit/locales/*/LC_MESSAGES/*.po)

.DEFAULT_GOAL := help
.PHONY: help venv system demo test test-fast coverage lint format bench messages schemas docs templates build lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "%-10s %s\n", $$1, $$2}' Makefile

venv: $(VENV)/.installed ## set up .venv with the pinned tools and selfaudit itself

$(VENV)/.dependencies: requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$(PYTHON) is not Python 3.11 or newer. Name one that is: make venv PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.installed: $(VENV)/.dependencies pyproject.toml hatch_build.py $(CATALOGUES)
	$(PY) -m pip install --quiet --no-build-isolation --no-deps --editable .
	@touch $@

demo: venv ## play a complete sample campaign in build/demo
	rm -rf build/demo
	mkdir -p build/demo
	cd build/demo && "$(abspath $(BIN))/selfaudit" demo demo-campaign
	@echo "(The demo is in build/demo; the command is $(BIN)/selfaudit.)"

system: ## install what the tests need besides Python, by apt where that is allowed
	scripts/system_parts.sh

test: venv system ## run all tests
	$(PYTEST)

test-fast: venv ## run the tests that take no seconds
	$(PYTEST) -m 'not slow'

coverage: venv system ## run all tests and list the lines they miss
	$(PYTEST) --cov --cov-report=term

lint: venv ## check style, types, layers, the JavaScript of the page, message catalogues and the reference of commands
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) scripts/messages.py check
	$(PY) scripts/check_page.py
	$(PY) scripts/cli_docs.py check
	$(PY) scripts/checks_docs.py check

format: venv ## put the code into its standard form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.venv-bench/.installed: requirements/bench.txt
	$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/python -m pip install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

bench: venv system .venv-bench/.installed ## measure and write docs/benchmarks.md
	$(PY) bench/run.py

messages: venv ## bring the message catalogues up to date
	$(PY) scripts/messages.py update

docs: venv ## write docs/cli.md, all commands, and docs/checks.md, all data checks
	$(PY) scripts/cli_docs.py
	$(PY) scripts/checks_docs.py

schemas: venv ## write the JSON schemas of every file format to docs/schema
	$(BIN)/selfaudit checklist schema --output docs/schema

templates: venv ## build the Word templates
	$(PY) scripts/build_templates.py

build: venv ## build the sdist and the wheel into dist
	rm -rf dist
	$(PY) -m build --no-isolation

lock: ## pin the newest dependencies in requirements (needs uv)
	$(LOCK) --upgrade --group dev --output-file requirements/dev.txt
	$(LOCK) --constraints requirements/dev.txt --output-file requirements/run.txt
	$(subst pyproject.toml,--group bench,$(LOCK)) --upgrade --output-file requirements/bench.txt

clean: ## remove whatever can be made again, .venv included
	rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
