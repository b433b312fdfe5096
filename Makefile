# Everything a newcomer types. `make` alone prints this list.
.DEFAULT_GOAL := help
.PHONY: help install run test check lint format docs bench

UV_VERSION := 0.13.9
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
BIN := .venv/bin

help: ## print this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: .venv/.installed ## make .venv with what uv.lock names; quick when nothing changed

.venv/.installed: pyproject.toml uv.lock
	@test -n "$(PYTHON)" || { echo "Waymark needs Python 3.11 or later with its venv module (Debian: python3-venv)." >&2; exit 2; }
	@test -x $(BIN)/uv || { $(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); }
	@$(BIN)/uv sync --frozen --quiet
	@touch $@

run: install ## start the whole system with the demo county; Ctrl-C stops it
	@exec $(BIN)/waymark up --demo

test: install ## the whole test suite
	@$(BIN)/pytest

check: lint ## format, lint, types, imports and the tests that need no running system: under 3 minutes
	@$(BIN)/pytest -q -m "not slow"

lint: install ## format, lint, types and import contracts, changing nothing
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: install ## put the code into shape
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --fix --quiet .

docs: install ## write the documents that are made from the code
	@$(BIN)/python -m waymark.documents

bench: install ## run every benchmark in short, to see that it runs; `python -m benchmarks` lists them
	@$(BIN)/python -m benchmarks all --short
