# `make demo` and `make test` set up everything they need: Python 3.11 or newer, make and git are enough.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .stamps
DEMO := demo
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONHASHSEED := 0

.PHONY: demo test check unit frontend docs bench bench-networks train clean help

help:
	@echo "make demo    set up, read the sample corpus, open the result"
	@echo "make test    set up, then linters, types, layers, all tests, docs"
	@echo "make docs    build the documentation into docs/_build"
	@echo "make bench   print the benchmarks"
	@echo "make train   build the reader's weights from ../shared (about 90 minutes)"

$(STAMPS)/python:
	@mkdir -p $(STAMPS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "amity needs Python 3.11 or newer; found $$($(PYTHON) --version). Set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "no virtual environment could be made; on Debian: apt-get install python3-venv"; exit 1; }
	@touch $@

# System packages that some features use; where they cannot be installed, say which feature rests.
$(STAMPS)/tesseract: $(STAMPS)/python
	@.ci/system-package tesseract tesseract-ocr "text recognition in scans"
	@touch $@

$(STAMPS)/chromium: $(STAMPS)/python
	@.ci/system-package chromium chromium "the browser tests"
	@touch $@

$(STAMPS)/install: pyproject.toml $(wildcard hatch_build.py) $(wildcard frontend/package-lock.json) $(STAMPS)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(STAMPS)/develop: $(STAMPS)/install
	$(BIN)/python -m pip install --quiet --editable '.[test,lint,docs,tables]'
	@touch $@

demo: $(STAMPS)/install $(STAMPS)/tesseract
	@$(BIN)/amity demo $(DEMO)

check: $(STAMPS)/develop
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.numpydoc_lint

unit: $(STAMPS)/develop $(STAMPS)/tesseract $(STAMPS)/chromium
	$(BIN)/python -m pytest -q -n 2 --dist loadfile

frontend: $(STAMPS)/develop
	@test frontend/node_modules -nt frontend/package-lock.json || $(BIN)/python frontend/run.py ci --no-audit --no-fund
	$(BIN)/python frontend/run.py run --silent check
	$(BIN)/python frontend/run.py run --silent test

docs: $(STAMPS)/develop
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html

test: check frontend docs unit

bench: $(STAMPS)/develop
	for each in benchmarks/bench_*.py; do $(BIN)/python $$each || exit 1; done

bench-networks: $(STAMPS)/develop
	$(BIN)/python benchmarks/bench_networks.py
	$(BIN)/python benchmarks/bench_measures.py

train: $(STAMPS)/develop
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/python -m training

clean:
	rm -rf $(VENV) $(STAMPS) $(DEMO) docs/_build build dist
