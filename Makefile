# Every word that the hook, CI and the README use. `make help` lists them.
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
STAMP := $(VENV)/.installed

.PHONY: help install demo test check lint types docs lock bench system-packages clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /	/' | expand -t 18

# The locked versions, then this package itself; uv when it is there, else pip.
$(STAMP): requirements.lock pyproject.toml
ifdef UV
	@test -x $(BIN)/python || uv venv --quiet --python ">=3.11" $(VENV)
	uv pip install --quiet --python $(BIN)/python -r requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps -e .
else
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed (found `$(PYTHON) -V`); name one with PYTHON=…"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
endif
	@touch $@

install: $(STAMP) ## make the environment with the locked versions

demo: $(STAMP) ## build the bundled sample and open the dashboard on it
	$(BIN)/trends demo

test: $(STAMP) system-packages ## set all up and run the tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: lint types test ## all that CI runs

lint: $(STAMP) ## style, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP) ## strict types of etl and warehouse
	$(BIN)/mypy

docs: $(STAMP) ## rewrite the generated data dictionary
	$(BIN)/python -m warehouse.dictionary

lock: ## resolve the versions of requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --extra pull --extra export --no-header --no-annotate \
		--constraint .lock-constraints.txt pyproject.toml -o requirements.lock

bench: $(STAMP) ## print timings (asserts nothing)
	$(BIN)/python -m pytest tests/benchmarks -m bench -s -q --override-ini "addopts=--import-mode=importlib"

# Chromium, LibreOffice and fonts are for the browser and slide tests; as root on Debian they are
# installed, elsewhere the tests that need them are skipped and say so.
system-packages:
	@sh .ci/system-packages

clean: ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build *.egg-info
