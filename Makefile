# What people do with Bumen. Needs Python 3.11 or newer; everything else is fetched into .venv.

PYTHON ?= python3
PORT ?= 8000
# One worker more than processors: tests wait for databases and browsers a good part of their time.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print(1 + (os.cpu_count() or 1))')
TESTFLAGS ?= -n $(WORKERS) --dist loadgroup

# Tests start Bumen some hundred times: what Python has compiled is kept, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BUILT := core/bumen/web/static/dist/names.json

.PHONY: demo demo-reset test check bench assets screenshots lock clean help
.DELETE_ON_ERROR:

help: ## list what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(READY) $(BUILT) ## serve two companies with believable data on 127.0.0.1 (PORT=8000)
	@$(BIN)/bumen demo --port $(PORT)

demo-reset: $(READY) $(BUILT) ## the same, started over
	@$(BIN)/bumen demo --reset --port $(PORT)

test: $(READY) $(BUILT) ## run every test, on SQLite and PostgreSQL (TESTFLAGS='-n0 -k orders')
	@$(BIN)/python tests/browser/install.py
	$(BIN)/python -m pytest $(TESTFLAGS)

check: $(READY) ## format, lint, types, import contracts, catalogues: seconds
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bumen i18n check

bench: $(READY) $(BUILT) ## measure beside stock Flask-AppBuilder, minutes (BENCHFLAGS='--rows 1000000')
	@$(BIN)/python -m benchmarks $(BENCHFLAGS)

assets: $(BUILT) ## bundle scripts, styles and icons

screenshots: $(READY) $(BUILT) ## take the pictures of the README again
	@$(BIN)/python tests/browser/install.py
	@$(BIN)/python -m docs.screenshots.make

lock: $(READY) ## resolve the exact versions again
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --generate-hashes --no-emit-index-url \
	    --universal --python-version 3.11 --upgrade -o requirements.lock

clean: ## remove what was made, the demo's data too
	rm -rf $(VENV) build dist var node_modules $(dir $(BUILT)) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find core plugins migrations tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last: an interrupted installation is done again, a finished one never.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo 'Bumen needs Python 3.11 or newer; name it: make PYTHON=python3.12'; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV) \
	    || { echo 'This Python makes no virtual environments; on Debian: apt-get install python3-venv'; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

$(BUILT): $(READY) package-lock.json $(shell find core/bumen/web/assets -type f)
	@$(BIN)/python hatch_build.py
	@touch $(BUILT)
