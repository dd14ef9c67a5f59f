# One verb each. `make map` and `make test` set everything up on a fresh machine with Python 3.11+, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
ARTICLES ?= seeds
OUT ?= out

.PHONY: map test test-all check lint types docs bench bench-map score clean setup setup-dev

map: $(VENV)/.runtime
	@$(BIN)/marchland map $(ARTICLES) --out $(OUT)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not slow"

test-all: $(VENV)/.dev
	$(BIN)/python -m pytest

check: lint types

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

docs: $(VENV)/.dev
	$(BIN)/python scripts/build_docs.py

bench: $(VENV)/.dev
	$(BIN)/python scripts/bench_places.py
	$(BIN)/python scripts/bench_extract.py

score: $(VENV)/.dev
	../shared/eval/score_dev

bench-map: $(VENV)/.dev
	$(BIN)/python scripts/bench_map.py

clean:
	rm -rf $(VENV) $(OUT) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

setup: $(VENV)/.runtime

setup-dev: $(VENV)/.dev

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.12 map")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: pyproject.toml constraints.txt | $(BIN)/python
	@echo "setting up (once, about two minutes) ..."
	$(PIP) --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "setting up with the developers' tools (once) ..."
	$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.runtime
