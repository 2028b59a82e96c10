# What a machine with Python 3.11+, git, make and the package index needs: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES := $(sort $(filter-out %/README.md,$(foreach ending,txt md html docx pdf,$(wildcard kg/samples/*.$(ending)))))

.DEFAULT_GOAL := help
.PHONY: help demo samples install dev test test-long check score clean

help: ## Say what there is to make.
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST)

# A stamp each for what is installed, so that it is done again only when pyproject.toml has changed.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] + "; make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.installed

install: $(VENV)/.installed ## Install the command kg into .venv.

dev: $(VENV)/.dev ## Install it with all that the tests need.

demo: $(VENV)/.installed ## Build the sample corpus into output/ and say what was found.
	@$(BIN)/kg build $(SAMPLES) --output output
	@if [ -f docs/quality.md ]; then echo; grep -im1 unseen docs/quality.md || true; fi
	@echo
	@echo "Open $(CURDIR)/output/graph.html"

samples: ## Name the sample documents.
	@echo $(SAMPLES)

check: $(VENV)/.dev ## Style, types and the direction of the arrows.
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check ## All checks and all quick tests.
	$(BIN)/python -m pytest -m "not long"

test-long: $(VENV)/.dev ## The slow tests: big graphs, load, fuzzing, accidents, packaging.
	$(BIN)/python -m pytest -m long

score: $(VENV)/.dev ## Measure quality on the development gold, and on tuned and unseen excerpts.
	@$(BIN)/python bench/score.py

clean: ## Remove what was installed and cached.
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find kg tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
