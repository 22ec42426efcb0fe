# What a developer or an admin runs. `make` alone lists it.
#
# Needed beforehand: python3 with venv, make, and apt or the packages that `make system` names.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
INSTALLED := $(VENV)/.installed
INSTALLED_TESTS := $(VENV)/.installed-tests
INSTALLED_FUZZ := $(VENV)/.installed-fuzz

LOCALE := lms/locale
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(LOCALE)/*/LC_MESSAGES/tutela.po))

TYPESCRIPT := 7.0.2
TSC := build/typescript/node_modules/.bin/tsc
AXE := 4.14.1
AXE_CORE := build/axe/node_modules/axe-core/axe.min.js

# Programs of others that check our badges, each of one version.
VERIFIERS := @digitalbazaar/vc@7.3.0 @digitalbazaar/data-integrity@2.5.0 \
  @digitalbazaar/eddsa-rdfc-2022-cryptosuite@1.3.0 @digitalbazaar/vc-bitstring-status-list@2.0.1 \
  @digitalcredentials/verifier-core@1.0.0-beta.11
VERIFIER := build/badges/node_modules/@digitalcredentials/verifier-core/package.json

.PHONY: help
help: ## list what can be made
	@sed -nE 's/^([a-z]+):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: run
run: $(INSTALLED) $(CATALOGUES) ## set everything up and serve the site with demo people (PORT=6543)
	@exec $(BIN)/tutela serve --demo $(if $(PORT),--port $(PORT))

.PHONY: test
test: system $(INSTALLED_TESTS) $(CATALOGUES) axe verifiers ## set everything up and run all tests, with branch coverage
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --cov --cov-report=term

.PHONY: sure
sure: lint typecheck contracts javascript test ## everything that must hold before a change goes in

.PHONY: bench
bench: system $(INSTALLED_TESTS) $(CATALOGUES) ## measure what the project claims, into build/bench.json
	@$(BIN)/python -m tests.bench

.PHONY: conformance
conformance: $(if $(BROWSER),system) $(INSTALLED_TESTS) ## walk through ADL's test cases (CASES=folder, BROWSER=1)
	@$(BIN)/python -m tests.conformance $(if $(BROWSER),--browser) $(CASES)

.PHONY: fuzz
fuzz: $(INSTALLED_FUZZ) ## throw changed packages at their reading (MINUTES=10 for each target)
	@$(BIN)/python -m tests.fuzz $(if $(MINUTES),--minutes $(MINUTES))

.PHONY: lint
lint: $(INSTALLED_TESTS) ## check style and format
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: format
format: $(INSTALLED_TESTS) ## put the code into the house's shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: typecheck
typecheck: $(INSTALLED_TESTS) ## check the types of the Python code
	@$(BIN)/mypy

.PHONY: contracts
contracts: $(INSTALLED_TESTS) ## check that no house leans the wrong way
	@$(BIN)/lint-imports

.PHONY: javascript
javascript: ## check the types that the JavaScript states in JSDoc (needs npm)
	@if command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory $(TSC) && $(TSC) --project tests/javascript; \
	else \
	  echo "JavaScript types: not checked, there is no npm. On Debian, as root: apt install npm"; \
	fi

.PHONY: axe
axe:
	@if command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory $(AXE_CORE); \
	else \
	  echo "Accessibility: not checked by axe, there is no npm. On Debian, as root: apt install npm"; \
	fi

.PHONY: verifiers
verifiers:
	@if command -v npm >/dev/null; then \
	  $(MAKE) --no-print-directory $(VERIFIER); \
	else \
	  echo "Badges: not checked by other programs, there is no npm. On Debian, as root: apt install npm"; \
	fi

.PHONY: messages
messages: $(INSTALLED) ## collect the texts to translate, in lms/locale: the new ones are then empty
	@$(BIN)/pybabel --quiet extract --mapping-file lms/locale/babel.cfg --keyword pluralize:1,2 --output-file lms/locale/tutela.pot \
	  --project tutela --no-location --sort-output lms scorm assessments certificates
	@sed -i '/^"POT-Creation-Date/d' lms/locale/tutela.pot
	@for each in $(LOCALE)/*/LC_MESSAGES/tutela.po; do \
	  $(BIN)/pybabel --quiet update --input-file $(LOCALE)/tutela.pot --output-file "$$each" --locale "$$(basename "$$(dirname "$$(dirname "$$each")")")" \
	    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date && sed -i '/^"POT-Creation-Date/d; /^"PO-Revision-Date/d' "$$each"; \
	done

.PHONY: coverage
coverage: $(INSTALLED_TESTS) ## show the last test run's coverage line by line, in build/coverage
	@$(BIN)/coverage html --quiet --directory build/coverage
	@echo "build/coverage/index.html"

.PHONY: system
system: ## install the Debian packages that the tests need (as root), or say which are missing
	@missing=""; \
	command -v chromium >/dev/null || missing+=" chromium"; \
	compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=" postgresql"; \
	compgen -G '/usr/share/fonts/truetype/noto/NotoNaskhArabic-*' >/dev/null || missing+=" fonts-noto-core"; \
	compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK-*' >/dev/null || missing+=" fonts-noto-cjk"; \
	command -v node >/dev/null || missing+=" nodejs"; \
	command -v pdftotext >/dev/null || missing+=" poppler-utils"; \
	command -v qpdf >/dev/null || missing+=" qpdf"; \
	command -v unzip >/dev/null || missing+=" unzip"; \
	test -x /usr/sbin/nginx || missing+=" nginx"; \
	command -v openssl >/dev/null || missing+=" openssl"; \
	compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null || missing+=" libfaketime"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
	  echo "The tests also need$$missing. On Debian, as root: apt install$$missing" >&2; exit 1; \
	fi; \
	echo "Installing$$missing …"; \
	export DEBIAN_FRONTEND=noninteractive; \
	log=$$(mktemp); \
	{ apt-get update && apt-get install --yes --no-install-recommends $$missing; } >"$$log" 2>&1 \
	  || { tail -n 20 "$$log" >&2; echo "apt could not install$$missing" >&2; exit 1; }; \
	rm "$$log"

.PHONY: clean
clean: ## remove everything that was built; the data in var/ stay
	rm -rf build $(VENV) tutela.egg-info .coverage .hypothesis .mypy_cache .ruff_cache .import_linter_cache

# What translators wrote, as the pages read it.
%.mo: %.po | $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# A venv that could not be finished (Debian without python3-venv) must not look like one that was.
$(BIN)/python:
	@command -v python3 >/dev/null \
	  || { echo "Tutela needs Python. On Debian, as root: apt install python3 python3-venv" >&2; exit 1; }
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Tutela needs Python 3.11 or newer; $$(command -v python3) is $$(python3 -V)." >&2; exit 1; }
	@python3 -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Python cannot make a venv. On Debian, as root: apt install python3-venv" >&2; exit 1; }

# setuptools first, at the pinned version: Pyramid and deform need the pkg_resources of it.
$(INSTALLED): setup.cfg pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing Tutela and its libraries …"
	@$(PIP) install --constraint constraints.txt setuptools wheel
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable .
	@touch $@

$(INSTALLED_TESTS): $(INSTALLED)
	@echo "Installing what the tests need …"
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[test]'
	@touch $@

$(INSTALLED_FUZZ): $(INSTALLED_TESTS)
	@echo "Installing the fuzzer, which is not made for every Python …"
	@$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[fuzz]'
	@touch $@

$(TSC): Makefile
	@mkdir -p build/typescript
	@npm install --prefix build/typescript --no-save --no-audit --no-fund --loglevel=error typescript@$(TYPESCRIPT)
	@touch $@

$(AXE_CORE): Makefile
	@mkdir -p build/axe
	@npm install --prefix build/axe --no-save --no-audit --no-fund --loglevel=error axe-core@$(AXE)
	@touch $@

$(VERIFIER): Makefile
	@mkdir -p build/badges
	@npm install --prefix build/badges --no-save --no-audit --no-fund --loglevel=error $(VERIFIERS)
	@touch $@
