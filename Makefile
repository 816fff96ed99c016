# Daybridge. Two commands: `make run` and `make test`. Each says what it does while it does it.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
UV := $(VENV)/bin/uv
UV_VERSION := 0.13.9
export UV_NO_PROGRESS ?= 1
export UV_SYSTEM_CERTS ?= 1# a network that signs its own certificates is trusted as the machine trusts it
DEMO_CLIENTS ?= 36
DEMO_WEEKS ?= 4
DEMO_SEED ?= 7
CATALOGS := $(wildcard daybridge/locale/*/LC_MESSAGES/django.po daybridge/*/locale/*/LC_MESSAGES/django.po)

.PHONY: help setup run test check format bench bench-schedule pictures lock clean

help:
	@echo "make run       set up, build a small demo program once, serve it on this machine"
	@echo "make test      set up and run the tests"
	@echo "make check     format, types, import contract, budgets, migrations"
	@echo "make bench     measure; writes bench/results/*.json"
	@echo "make bench-schedule  the weekly schedule against hand and bound (SCHEDULE=--short: a minute)"
	@echo "make pictures  take the pictures of the README from a running demo"
	@echo "make lock      resolve the dependencies again"

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Daybridge needs Python 3.11 or newer as $(PYTHON); set PYTHON=/path/to/python3.11."; exit 2; }
	@echo "· making a virtual environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing; on Debian or Ubuntu: apt install python3-venv."; rm -rf $(VENV); exit 2; }

# uv is quick; where it cannot be had, or cannot reach the index as pip does, pip installs the same locked files.
define install
	@$(UV) --version >/dev/null 2>&1 || $(PY) -m pip install -q "uv==$(UV_VERSION)" || echo "· uv cannot be had"
	@echo "· installing what $(1) needs (requirements/$(2).lock)"
	@{ $(UV) --version >/dev/null 2>&1 && \
		$(UV) pip install -q --no-python-downloads --python $(PY) --require-hashes -r requirements/$(2).lock && \
		$(UV) pip install -q --no-python-downloads --python $(PY) --no-deps -e . ; } || \
	{ echo "· once more with pip, which takes longer" && \
		$(PY) -m pip install -q --require-hashes -r requirements/$(2).lock && $(PY) -m pip install -q --no-deps -e . ; }
	@touch $@
endef

$(VENV)/.run: requirements/run.lock pyproject.toml | $(PY)
	$(call install,Daybridge,run)

$(VENV)/.dev: requirements/dev.lock pyproject.toml | $(PY)
	$(call install,development,dev)

$(VENV)/.words: $(CATALOGS) | $(PY)
	@if [ -n "$(CATALOGS)" ]; then echo "· building the word lists"; for d in $(sort $(foreach c,$(CATALOGS),$(firstword $(subst /locale/,/locale ,$(c))))); do $(PY) -m babel.messages.frontend -q compile -d $$d -D django 2>/dev/null; done; fi
	@touch $@

setup: $(VENV)/.run $(VENV)/.words

run: setup
	@echo "· building the demo program (once; $(DEMO_CLIENTS) clients, $(DEMO_WEEKS) weeks)"
	@$(VENV)/bin/daybridge demo --clients $(DEMO_CLIENTS) --weeks $(DEMO_WEEKS) --seed $(DEMO_SEED)
	@exec $(VENV)/bin/daybridge serve

test: $(VENV)/.dev $(VENV)/.words
	@if [ -n "$$DATABASE_URL" ]; then echo "· testing on PostgreSQL"; else echo "· testing on the embedded SQLite"; fi
	$(if $(CI),,@echo "· left for CI (or make test CI=true): browser journeys, which need Chromium; tests that start and kill real processes")
	@$(PY) -m pytest -n auto --dist loadfile -rs $(if $(CI),,-m "not slow and not journey") $(TESTS)

check: $(VENV)/.dev $(VENV)/.words
	@echo "· format"; $(VENV)/bin/ruff format --check . && $(VENV)/bin/ruff check . && $(VENV)/bin/djade --check $$(git ls-files '*.html')
	@echo "· types"; $(VENV)/bin/mypy
	@echo "· import contract"; $(VENV)/bin/lint-imports --no-cache
	@echo "· migrations and settings"
	@home=$$(mktemp -d); DAYBRIDGE_HOME=$$home $(PY) -m django makemigrations --check --dry-run --settings daybridge.config.settings && \
		DAYBRIDGE_HOME=$$home DAYBRIDGE_HTTPS=1 $(PY) -m django check --deploy --fail-level ERROR --settings daybridge.config.settings; status=$$?; rm -rf $$home; exit $$status
	@echo "· locked dependencies match pyproject.toml"
	@$(PY) tests/house/locks.py

format: $(VENV)/.dev
	@$(VENV)/bin/ruff format . && $(VENV)/bin/ruff check --fix . && $(VENV)/bin/djade $$(git ls-files '*.html')

bench: $(VENV)/.dev
	@$(PY) -m bench $(BENCH)

bench-schedule: $(VENV)/.dev
	@$(PY) -m bench.schedule $(SCHEDULE)

pictures: $(VENV)/.dev
	@$(PY) -m bench.pictures

lock: | $(PY)
	@$(UV) --version >/dev/null 2>&1 || $(PY) -m pip install -q "uv==$(UV_VERSION)"
	@$(UV) pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/run.lock
	@$(UV) pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements/dev.lock

clean:
	@rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache
