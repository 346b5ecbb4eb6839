# `make` alone lists the targets. Needs Python 3.11 or newer and make; everything else it sets up by itself.
# Variables: PYTHON (interpreter), PORT and FHIR_PORT (of `make run`), WORKERS (test processes).
.DEFAULT_GOAL := help
# One thing after another, so that what failed is the last thing printed.
.NOTPARALLEL:
.PHONY: help run test test-long lint check book card corpus pictures lock clean packages
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

PYTHON ?= python3
PORT ?= 8080
FHIR_PORT ?= 8091
WORKERS ?= 2
RUNS ?= 20000

VENV := .venv
SEKMET := .venv-sekmet
NOISE := .venv-noise
BIN := $(VENV)/bin
# Wheels only: nothing is compiled and no package's own code runs while it is being installed.
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
INSTALL_PROJECT := -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
PROJECT := pyproject.toml hatch_build.py

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.installed $(SEKMET)/.installed ## the service with a FHIR server of synthetic patients, on 127.0.0.1
	@exec $(BIN)/nen-cds demo --port $(PORT) --fhir-port $(FHIR_PORT) --sekmet $(SEKMET)/bin/sekmet

test: packages lint check $(SEKMET)/.installed $(VENV)/.fuzz ## every test, the linters, the import contracts, the knowledge check
	$(BIN)/pytest --numprocesses $(WORKERS) --dist loadfile -rs

# The numbers a release is tested with; `make test` uses small ones.
test-long: export NENCDS_TEST_EXAMPLES := 2000
test-long: export NENCDS_TEST_KILLS := 200
test-long: export NENCDS_TEST_LONG := 1
test-long: $(NOISE)/.installed test ## the same tests with their full counts (an hour or more)

lint: $(VENV)/.dev ## ruff, mypy --strict and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: $(VENV)/.dev ## everything that must hold of knowledge/
	$(BIN)/nen-cds check --stamp

book: $(VENV)/.dev ## every rule and case as pages to read, print and sign (build/book)
	$(BIN)/nen-cds book

card: $(VENV)/.dev ## write the card that README.md shows anew
	$(BIN)/python -m tests.documents.card

corpus: $(VENV)/.fuzz ## fuzz the mappers and write the records worth keeping anew (RUNS=20000)
	$(BIN)/python -m tests.mappers.fuzzer keep $(RUNS)

pictures: packages $(VENV)/.dev $(SEKMET)/.installed ## take the pictures of docs/pictures anew
	$(BIN)/python -m tests.screenshots

lock: $(VENV)/.dev ## write the lock files anew (UPGRADE=--upgrade takes newer versions)
	BIN=$(BIN) tools/lock.sh $(UPGRADE)

clean: ## remove the environments and what tests and tools left behind
	rm -rf $(VENV) $(SEKMET) $(NOISE) var build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

packages:
	@tools/debian-packages.sh

# The stamps below are older than what they were made from when that has changed: then, and only then, pip runs again.
$(VENV)/.installed: requirements.txt requirements-build.txt $(PROJECT)
	@tools/environment.sh $(PYTHON) $(VENV)
	$(BIN)/python $(PIP_INSTALL) -r requirements-build.txt -r requirements.txt
	$(BIN)/python $(INSTALL_PROJECT)
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements-build.txt $(PROJECT)
	@tools/environment.sh $(PYTHON) $(VENV)
	$(BIN)/python $(PIP_INSTALL) -r requirements-build.txt -r requirements-dev.txt
	$(BIN)/python $(INSTALL_PROJECT)
	@touch $@ $(VENV)/.installed

# On machines for which the fuzzer is not built the file asks for nothing.
$(VENV)/.fuzz: requirements-fuzz.txt | $(VENV)/.dev
	$(BIN)/python $(PIP_INSTALL) -r requirements-fuzz.txt
	@touch $@

$(SEKMET)/.installed: requirements-sekmet.txt
	@tools/environment.sh $(PYTHON) $(SEKMET)
	$(SEKMET)/bin/python $(PIP_INSTALL) -r requirements-sekmet.txt
	@touch $@

$(NOISE)/.installed: requirements-noise.txt
	@tools/environment.sh $(PYTHON) $(NOISE)
	$(NOISE)/bin/python $(PIP_INSTALL) -r requirements-noise.txt
	@touch $@
