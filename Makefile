# make site   builds the sample city and serves it on http://127.0.0.1:8000
# make test   the test suite (at most 15 minutes); installs Chromium, nginx and fonts with root or sudo
# make help   all targets

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
WORKERS ?= auto
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help site build serve test test-full check format handbook bench bench-pages conformance screenshots clean lock

help:
	@echo "make site         build the sample city and serve it (PORT=8000)"
	@echo "make test         the tests, at most 15 minutes (WORKERS=auto, PYTEST=\"-k name\")"
	@echo "make test-full    the tests on the whole corpus and all matrices"
	@echo "make check        formatting, lint, types, import layers"
	@echo "make handbook     the editors' manual alone, into handbook/"
	@echo "make bench        compare building speed with Hugo"
	@echo "make bench-pages  what pages cost a reader, beside Material for MkDocs and govuk-frontend"
	@echo "make conformance  run the tests of access and write down what they found"
	@echo "make screenshots  pictures of every template in every mode, into screenshots/"
	@echo "make lock         pin the newest allowed versions anew"
	@echo "make clean        delete everything that was built; $(VENV) stays"

# --- environments -----------------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.site: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.site
	$(BIN)/pip install --quiet -r requirements-test.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.test
	$(BIN)/pip install --quiet -r requirements-bench.lock
	@touch $@

# --- the sample city --------------------------------------------------------------------------------

site: build serve

build: $(VENV)/.site
	$(BIN)/yangguang build

serve: $(VENV)/.site
	@echo
	@echo "    越明市政务公开  http://127.0.0.1:$(PORT)/"
	@echo "    编辑手册        http://127.0.0.1:$(PORT)/handbook/"
	@echo "    Ctrl+C 结束"
	@echo
	@$(BIN)/yangguang serve --port $(PORT)

handbook: $(VENV)/.site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict -f docs/mkdocs.yml

# --- tests ------------------------------------------------------------------------------------------

test: $(VENV)/.test
	@.ci/tools $(BIN)/python
	@CHROMIUM="$$(.ci/browser $(BIN)/python)" $(BIN)/pytest -n $(WORKERS) -m "not full" $(PYTEST)

test-full: $(VENV)/.test
	@.ci/tools $(BIN)/python full
	@CHROMIUM="$$(.ci/browser $(BIN)/python)" $(BIN)/pytest -n $(WORKERS) $(PYTEST)

check: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/build.py $(BENCH)

bench-pages: build $(VENV)/.test
	@.ci/tools $(BIN)/python full
	npm install --silent --no-audit --no-fund --prefix $(VENV)/node lighthouse@12.8.2 govuk-frontend@6.6.0
	@CHROMIUM="$$(.ci/browser $(BIN)/python)" $(BIN)/python -m benchmarks.loading public --lighthouse

conformance: $(VENV)/.test
	@.ci/tools $(BIN)/python full
	@CHROMIUM="$$(.ci/browser $(BIN)/python)" $(BIN)/python -m tests.conformance -n $(WORKERS)

screenshots: build $(VENV)/.test
	@.ci/tools $(BIN)/python
	@CHROMIUM="$$(.ci/browser $(BIN)/python)" $(BIN)/python -m tests.screenshots public screenshots

lock:
	PYTHON=$(PYTHON) .ci/lock

clean:
	rm -rf public .public.yangguang handbook screenshots dist .pytest_cache .mypy_cache .ruff_cache \
		.hypothesis .import_linter_cache
