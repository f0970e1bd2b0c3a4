# Every step of the continuous integration is a target here. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?= python3
BIN := .venv/bin
STAMPS := .make
SIZE ?= town
BUILT := wangge/web/static/built/manifest.json
FRONT := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null) \
	$(wildcard vite.config.ts tsconfig*.json)
PO := $(shell find wangge -name '*.po' 2>/dev/null)
LOOPS := wangge/core/loops.py $(wildcard wangge/core/partition/*.py wangge/core/rounds/*.py)
PARTS := lint types contracts catalogue messages docs

.PHONY: help setup demo run quick test soak bench bench-divide check $(PARTS) site screenshots format lock release audit clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+[a-z -]*:.*## / { printf "  %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMPS)/python $(STAMPS)/front $(STAMPS)/messages $(STAMPS)/browser $(STAMPS)/loops ## Install everything into .venv and node_modules, build the front end

demo: setup ## Start PostgreSQL, load the demo, serve it; SIZE=city for a whole county, else a town
	$(BIN)/wangge demo --size $(SIZE)

run: setup ## Serve this installation
	$(BIN)/wangge up

quick: setup ## Tests without database and browser (two minutes)
	$(BIN)/python -m tools.suite quick

test: setup ## check, then every test; the last line counts them (under 15 minutes)
	$(BIN)/python -m tools.suite test

soak: setup ## The long stories: kills, random walks, full sizes (under an hour)
	WANGGE_SOAK=1 $(BIN)/python -m tools.suite soak

check: setup ## Format, lint, types, contracts, catalogue, messages, docs
	$(BIN)/python -m tools.check

lint: setup ## Part of check: format, ruff, templates, styles, house rules, sizes
types: setup ## Part of check: mypy and TypeScript
contracts: setup ## Part of check: who may import whom
catalogue: setup ## Part of check: the shipped definitions
messages: setup ## Part of check: complete and plain in both languages
docs: setup ## Part of check: docstrings, dependencies, licences, locks, texts
$(PARTS):
	$(BIN)/python -m tools.check $@

bench: setup ## Measure beside a peer in the same run; results go to docs/benchmarks
	$(BIN)/python -m tools.bench

bench-divide: setup $(STAMPS)/rivals ## Divide cities beside METIS, KaHIP, GerryChain and spopt; the page is docs/benchmarks/divide.md
	$(BIN)/python -m tools.bench.divide

site: setup ## The documentation in both languages, in build/site; its links and claims are checked
	$(BIN)/python -m tools.site

screenshots: setup ## Photograph the pages of the documentation in both languages
	$(BIN)/python -m tools.screenshots

format: setup ## Format Python, sort the message catalogues, renew the pages of moves and of who may see
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/python -m tools.messages update
	$(BIN)/python -m tools.moves_docs
	$(BIN)/python -m tools.who_may_see

lock: ## Renew both locks: hashes, no address of a registry
	@mkdir -p $(STAMPS)
	test -x $(STAMPS)/uv/bin/uv || { $(PYTHON) -m venv $(STAMPS)/uv && $(STAMPS)/uv/bin/pip install --quiet uv; }
	$(STAMPS)/uv/bin/uv pip compile --quiet --upgrade --generate-hashes --no-header --python-version 3.11 \
		--group pyproject.toml:dev pyproject.toml --output-file requirements.lock
	npm update --package-lock-only --ignore-scripts

release: setup ## The wheel, built twice to the same bytes, and its bill of materials, in dist/
	$(BIN)/python -m tools.release

audit: setup ## Ask the public lists of known holes about every locked package (needs the network)
	test -x $(STAMPS)/audit/bin/pip-audit || { $(PYTHON) -m venv $(STAMPS)/audit && $(STAMPS)/audit/bin/pip install --quiet pip-audit; }
	$(STAMPS)/audit/bin/pip-audit --requirement requirements.lock --disable-pip --require-hashes --strict
	npm audit --audit-level=high

clean: ## Remove what was built and cached; keeps .venv, node_modules and the data
	rm -rf $(STAMPS) wangge/web/static/built build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find wangge -name '*.mo' -delete
	find wangge tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMPS)/python: requirements.lock pyproject.toml
	@mkdir -p $(STAMPS)
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/rivals: tools/bench/divide/requirements.txt
	@mkdir -p $(STAMPS) build
	test -x build/bench-venv/bin/python || $(PYTHON) -m venv build/bench-venv
	build/bench-venv/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	@touch $@

$(STAMPS)/node: package.json package-lock.json
	@mkdir -p $(STAMPS)
	npm ci --ignore-scripts
	@touch $@

$(STAMPS)/front: $(STAMPS)/node $(FRONT)
	npm run --silent build
	@touch $@

# A build that somebody removed is made again even where the stamp is still there.
ifeq ($(wildcard $(BUILT)),)
.PHONY: $(STAMPS)/front
endif

$(STAMPS)/messages: $(STAMPS)/python $(PO)
	$(BIN)/python -m tools.messages compile
	@touch $@

$(STAMPS)/loops: $(STAMPS)/python $(LOOPS) tools/warm.py
	$(BIN)/python -m tools.warm
	@touch $@

$(STAMPS)/browser: tools/browser.sh
	@mkdir -p $(STAMPS)
	@bash tools/browser.sh
	@touch $@
