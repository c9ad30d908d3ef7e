# make demo   load the shipped case, ask the main questions, write the page
# make test   lint, types, and every test, with a real Neo4j and a real browser
# make peers  other programs, fetched once, read what this one writes
# make check  lint and types
# make bench  speed, each figure beside a peer in the same run
# make fuzz   thousands of broken inputs, and generated tests with fresh draws;  make soak  long runs

PYTHON ?= python3
BIN := .venv/bin
ROOT_CAN_INSTALL := $(shell [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo yes)

.PHONY: demo test peers check bench fuzz soak system clean

demo: .venv/user
	$(BIN)/isthmus demo --out out

# The same run every time: generated tests from a fixed seed (tests/drawing.py), sets in one order.
test: export PYTHONHASHSEED = 0
test: check system
	$(BIN)/pytest --numprocesses 2 --dist loadgroup $(TESTS)

peers: .venv/dev system
	$(BIN)/pytest tests -m peers

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/dev
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

fuzz: .venv/dev
	$(BIN)/pytest -m "fuzz or hypothesis" --hypothesis-profile fresh $(TESTS)

soak: .venv/dev
	$(BIN)/pytest tests -m soak

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Isthmus needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

.venv/user: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable ".[all]" --group dev
	@touch $@ .venv/user

# Java, Maven and Chromium, where root may install them; else one line that names what is missing.
system:
	@missing=""; for tool in java mvn; do command -v $$tool >/dev/null || missing="$$missing $$tool"; done; \
	command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	  || missing="$$missing chromium"; \
	if [ -n "$$missing" ] && [ -n "$(ROOT_CAN_INSTALL)" ]; then \
	  packages=$$(echo "$$missing" | sed 's/java/default-jdk-headless/; s/mvn/maven/'); \
	  echo "installing$$packages"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$packages >/dev/null; \
	elif [ -n "$$missing" ]; then \
	  echo "missing:$$missing (tests that need them are skipped by name)"; \
	fi

clean:
	rm -rf .venv out build dist .pytest_cache .mypy_cache .ruff_cache isthmus/views/bundle
