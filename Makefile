# The commands of the house; `make` alone lists them.
SHELL := /bin/sh
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
MESSAGES_READY := $(VENV)/.messages-ready
UV := $(BIN)/uv
# The certificates of the machine where it has some: a clinic's network may have its own.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),true,false)
# Hundreds of processes are begun here: none of them is to compile everything anew.
unexport PYTHONDONTWRITEBYTECODE
SYNC := $(UV) pip sync --quiet --require-hashes --python $(BIN)/python
JOBS ?= 2

.PHONY: help demo test check fix bench test-sqlite test-postgres test-journeys test-long lock wheel messages reference browser fuse clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(RUN_READY)  ## set up, then serve the product with a living demo service
	@$(BIN)/python -m openipt demo $(ARGS)

test: $(DEV_READY) browser fuse  ## set up, then run all tests (both databases and the browser)
	@scripts/test $(JOBS)

check: $(DEV_READY)  ## lint, types, contracts, locks and texts; changes nothing
	@scripts/check

fix: $(DEV_READY)  ## mend what the linters can mend
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

test-sqlite: $(DEV_READY) fuse  ## unit and HTTP tests on SQLite
	@$(BIN)/python -m pytest -q -n $(JOBS) -m "not journey and not long" $(ARGS)

test-postgres: $(DEV_READY)  ## unit and HTTP tests on a PostgreSQL started from its wheel
	@OPENIPT_TEST_DATABASE=postgres $(BIN)/python -m pytest -q -n $(JOBS) -m "not journey and not long and not walk and not once" --ignore tests/core --ignore tests/test_repository.py $(ARGS)

test-journeys: $(DEV_READY) browser  ## the journeys in a real browser
	@$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal -m journey $(ARGS)

test-long: $(DEV_READY) fuse  ## what takes longer than a gate may
	@$(BIN)/python -m pytest -q -m long $(ARGS)

bench: $(RUN_READY)  ## measure how fast everything is (ARGS="--courses 100000" for the full)
	@$(BIN)/python -m bench $(ARGS)

lock: $(DEV_READY)  ## lock the newest versions that fit, with hashes
	@scripts/lock

wheel: $(DEV_READY)  ## build the wheel and try it in a clean environment
	@scripts/wheel

messages: $(DEV_READY)  ## collect the texts for translators
	@$(BIN)/python scripts/messages.py collect

reference: $(DEV_READY)  ## write the reference pages from data, settings and commands
	@$(BIN)/python scripts/reference.py write

browser: $(DEV_READY)
	@scripts/browser

fuse: $(DEV_READY)
	@scripts/fuse

clean:  ## remove what was built; the demo's data too
	@rm -rf $(VENV) build dist demo-data

$(UV): requirements/uv.txt
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "OpenIPT needs Python 3.11 or newer: make PY=path/to/python3"; exit 2; }
	@$(PY) -m venv --without-pip $(VENV)
	@scripts/install-uv $(PY)
	@touch $(UV)

$(RUN_READY): $(UV) requirements/run.txt
	@test -f $(DEV_READY) || $(SYNC) requirements/run.txt
	@scripts/link-source
	@touch $@

$(DEV_READY): $(UV) requirements/dev.txt
	@$(SYNC) requirements/dev.txt
	@scripts/link-source
	@$(BIN)/python scripts/messages.py pseudo
	@touch $(RUN_READY) $@
