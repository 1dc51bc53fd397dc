# The commands of the house; `make` alone lists them.
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
DATA := $(or $(SHIJI_DATA),var)
STAMP := .venv/.setup-done
STATIC := $(DATA)/static/.collected
DEMO ?= 1

CHECK_DATABASE ?= postgres://shiji:shiji@127.0.0.1:5432/shiji
CHECK_BROKER ?= redis://127.0.0.1:6379/9

# What a developer's shell holds must not decide which database the tests empty.
EMBEDDED := env -u SHIJI_DATABASE -u SHIJI_BROKER -u SHIJI_PRODUCTION -u SHIJI_CACHE
SERVICES := env -u SHIJI_PRODUCTION SHIJI_DATABASE=$(CHECK_DATABASE) SHIJI_BROKER=$(CHECK_BROKER)
PRODUCTION := env -u SHIJI_CACHE -u SHIJI_DATA SHIJI_PRODUCTION=1 SHIJI_HOSTS=shiji.example SHIJI_PROXY=1 \
	SHIJI_SECRET=only-for-this-check-6mDw0Qy7hV2kRz9Xb4Tn8Jc5Lp3Gs1Fa \
	SHIJI_DATABASE=$(CHECK_DATABASE) SHIJI_BROKER=$(CHECK_BROKER)

GATES_THAT_NEED_SERVICES := tests/gates/test_exactness.py tests/gates/test_database.py tests/gates/test_races.py \
	tests/gates/test_pages.py

# The days that the product must survive, and a city's first hour; what each page does by itself is in make browser.
STORIES := tests/browser/test_first_city.py tests/browser/test_story.py tests/browser/test_story_a.py \
	tests/browser/test_dispatch.py tests/browser/test_story_c.py

.PHONY: help setup run test check browser coverage lint bench bundle lock clean

help:
	@sed -n 's/^## //p' Makefile

## make setup    virtual environment with the locked libraries
setup: $(STAMP)

$(STAMP): requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(STATIC): $(STAMP) $(shell find tracker/static accounts/static -type f 2>/dev/null)
	$(BIN)/python manage.py collectstatic --noinput --verbosity 0
	@touch $@

## make run      the demo city at http://127.0.0.1:8000 (DEMO=0: an empty city)
run: $(STAMP) $(STATIC)
	@$(BIN)/python manage.py migrate --noinput --verbosity 0
ifneq ($(DEMO),0)
	@$(BIN)/python manage.py demo
endif
	@exec $(BIN)/python manage.py serve

## make test     the tests that need no service (the gates, which ask every address as everybody, are in make check)
test: $(STAMP)
	$(EMBEDDED) $(BIN)/python -m pytest -q -n 2 --ignore=tests/gates -m "not services and not browser and not rendering"

## make lint     style of the code
lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

## make check    style, floors, migrations, every address as everybody; on PostgreSQL with Redis; stories in the browser; rendered
check: lint
	$(EMBEDDED) $(BIN)/python -m pytest -q tests/test_floors.py
	$(EMBEDDED) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(EMBEDDED) $(BIN)/python -m pytest -q -n 2 -m "not services and not browser" tests/gates
	$(SERVICES) $(BIN)/python -m pytest -q -n 2 $(GATES_THAT_NEED_SERVICES)
	$(SERVICES) $(BIN)/python -m pytest -q -n 2 -m rendering tests/documents
	$(SERVICES) $(BIN)/python -m pytest -q -n 2 --with-a-database -m "not browser" --ignore=tests/gates
	$(SERVICES) $(BIN)/python -m pytest -q -n 2 $(STORIES)

## make browser  every page by keyboard and pointer (make check runs the stories and looks at every page)
browser: $(STAMP)
	$(SERVICES) $(BIN)/python -m pytest -q -n 2 tests/browser

## make coverage which lines the tests reach, held at its goals (doubles the time, so it is no part of make check)
coverage: $(STAMP)
	$(SERVICES) $(BIN)/python -m pytest -q -n 2 --ignore=tests/gates --cov --cov-report=term --cov-report=json:.coverage.json
	$(BIN)/python .ci/coverage_floor.py .coverage.json

## make bench    every claim beside its floor, measured in this run
bench: $(STAMP)
	@set -e; for file in benchmarks/[a-z]*.py; do $(EMBEDDED) $(BIN)/python $$file; done

## make bundle   dist/: an installer for networks without internet
bundle: $(STAMP) $(STATIC)
	deploy/bundle

## make lock     what pyproject.toml names, with hashes (UPGRADE=--upgrade: newer versions)
LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet $(UPGRADE) --generate-hashes --strip-extras \
	--allow-unsafe --no-annotate --no-emit-options --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
lock: $(STAMP)
	$(LOCK) -o requirements.txt pyproject.toml
	$(LOCK) --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

## make clean    everything that was made here, but never var/
clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis .coverage .coverage.* htmlcov dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
