# Everything a developer or an admin runs. `make help` lists it.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 6543
PACKAGES := chromium postgresql fonts-noto-core nodejs poppler-utils
export PYTHONWARNINGS ?= ignore:pkg_resources is deprecated:UserWarning

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tutela needs Python 3.11 or newer."; exit 1; }
	@python3 -m venv $(VENV) || { echo "Python cannot make a virtual environment. On Debian: apt install python3-venv"; exit 1; }

build/installed: setup.cfg pyproject.toml constraints.txt | $(BIN)/python
	@mkdir -p build
	@echo "Installing Tutela and its libraries …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt setuptools wheel
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -c constraints.txt -e .
	@touch $@

build/installed-tests: build/installed
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -c constraints.txt -e '.[test]'
	@touch $@

run: build/installed ## set everything up and serve the site with demo people
	@$(BIN)/tutela serve --demo --port $(PORT)

system: ## install the Debian packages that the tests need (as root), or say which are missing
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	ls /usr/share/fonts/truetype/noto/NotoNaskhArabic-*.ttf >/dev/null 2>&1 || missing="$$missing fonts-noto-core"; \
	command -v node >/dev/null || missing="$$missing nodejs"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing$$missing …"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "The tests need:$$missing. On Debian, as root: apt install$$missing"; exit 1; \
	fi

test: system build/installed-tests ## set everything up and run all tests with coverage
	@$(BIN)/python -m pytest --cov --cov-report=term

sure: system build/installed-tests ## all that must hold: style, types, import contracts, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

format: build/installed-tests ## put the code into the house's shape
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

bench: system build/installed-tests ## measure what the project claims, into build/bench.json
	@$(BIN)/python -m tests.bench

clean: ## remove what was built; the data in var/ stay
	rm -rf build $(VENV) *.egg-info

.PHONY: help run system test sure format bench clean
