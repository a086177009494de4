# Every command sets up what it needs; the second time that takes no time. Nothing needs root, nothing leaves this
# directory but Kafka's jars, which are kept in the user's cache.

PYTHON ?= python3
UV_VERSION := 0.13.9

BIN := .venv/bin
UV := .tools/bin/uv
READY := .venv/.ready
PROJECTS := shared services/intake services/moderation services/routing services/feedback deploy
MESSAGES ?= ../shared/data/messages.jsonl
PACKAGES := shared/buurtsein_events shared/buurtsein_runtime shared/buurtsein_text $(wildcard services/*/buurtsein_*) deploy/buurtsein_platform

.DEFAULT_GOAL := help
.PHONY: help setup check markers test demo bench fault evaluate train up down lock clean python java

help: ## Show the commands.
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 10

setup: $(READY) ## Make the virtual environment.

check: markers $(READY) ## Format, lint, types, architecture, docstrings.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(PACKAGES) tests
	$(BIN)/lint-imports
	$(BIN)/interrogate --config pyproject.toml $(PACKAGES)

# A line of equals signs is left out: it underlines headings, too.
markers:
	@! git grep -nIE '^(<{7}|>{7}|[|]{7})( |$$)' || { echo "A merge left these markers: resolve its conflicts." >&2; exit 1; }

test: java $(READY) ## Every test, with a real Kafka and Redis.
	$(BIN)/pytest tests

demo: java $(READY) ## Play the sample week through the running system.
	$(BIN)/buurtsein demo

bench: java $(READY) ## Measure, print ratios, write build/bench.json.
	$(BIN)/buurtsein bench

fault: java $(READY) ## Kill and stop everything under load, and count.
	$(BIN)/buurtsein fault

evaluate: $(READY) ## Measure moderation on labelled messages, MESSAGES=file.
	@if test -f $(MESSAGES); then $(BIN)/buurtsein moderation evaluate $(MESSAGES); \
	else echo "Skipped: there are no labelled messages at $(MESSAGES); name others with make evaluate MESSAGES=file."; fi

train: $(READY) ## Learn moderation's weights from its labelled messages.
	$(BIN)/buurtsein moderation train services/moderation/training/*.jsonl

up: java $(READY) ## Start the platform and leave it running.
	$(BIN)/buurtsein up

down: $(READY) ## Stop it.
	$(BIN)/buurtsein down

lock: $(UV) ## Resolve the dependencies anew, within what pyproject.toml allows.
	mkdir -p build && cp requirements.lock build/requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet -o build/requirements.lock
	sed '/^-e /d' build/requirements.lock > requirements.lock

clean: ## Delete what was made here; a platform that runs is stopped first.
	-test ! -x $(BIN)/buurtsein || $(BIN)/buurtsein down
	rm -rf .venv .tools build .buurtsein .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage

$(READY): $(UV) requirements.lock pyproject.toml $(addsuffix /pyproject.toml,$(PROJECTS))
	test -x $(BIN)/python || $(UV) venv --quiet --python $$($(PYTHON) -c 'import sys; print(sys.executable)') .venv
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --compile-bytecode --no-deps $(addprefix -e ,$(PROJECTS))
	@touch $@

$(UV): | python
	$(PYTHON) -m venv .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or newer is needed and \
	$(PYTHON) is $$($(PYTHON) --version): install one (Debian, Ubuntu: apt install python3-venv; macOS: brew install \
	python), or name it: make PYTHON=python3.12 …"; exit 1; }

# The rest about Java (is it new enough, is Maven there to fetch Kafka) is said by the platform itself.
java:
	@test -n "$$BUURTSEIN_KAFKA_BOOTSTRAP" || test -x "$${JAVA_HOME:-/none}/bin/java" || command -v java >/dev/null || { echo "Kafka needs \
	Java 17 or newer, and there is none: install one (Debian, Ubuntu: apt install openjdk-17-jre-headless maven; macOS: brew install \
	openjdk maven), or set BUURTSEIN_KAFKA_BOOTSTRAP to a cluster that exists."; exit 1; }
