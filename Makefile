# Everything a fresh machine needs: Python 3.11 and make. `make run` runs the bot, `make test` the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
LOCK := requirements
STAMP := $(VENV)/.stamp
# What is installed decides what `make run` needs: the development set holds the preview set.
RUNNABLE := $(if $(wildcard $(STAMP)-dev),$(STAMP)-dev,$(STAMP)-preview)

.PHONY: help install run test check bench lock clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

install: $(STAMP)-dev ## Set up .venv with everything, in locked versions

run: $(RUNNABLE) ## Run the bot: on Discord with DISCORD_TOKEN, else in a page of your browser
	@$(BIN)/parley run

test: $(STAMP)-dev ## Run the tests
	@$(BIN)/pytest

check: $(STAMP)-dev ## Run all checks that are no tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@set -e; folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; \
		export DATABASE_URL="sqlite+aiosqlite:///$$folder/check.db"; \
		$(BIN)/alembic upgrade head; $(BIN)/alembic check
	@$(BIN)/parley check

bench: $(STAMP)-dev ## Run the benchmarks, each as a ratio to a baseline of the same run
	@$(BIN)/python -m benchmarks

lock: $(STAMP)-dev ## Renew the lock files from pyproject.toml
	@$(BIN)/python $(LOCK)/lock.py

clean: ## Remove what `make` has made; your data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(UV): $(LOCK)/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Parley needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian: apt install python3-venv"; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)/uv.txt
	@touch $@

$(STAMP)-%: $(UV) $(LOCK)/%.txt pyproject.toml
	@$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes $(LOCK)/$*.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@rm -f $(STAMP)-*
	@touch $@
