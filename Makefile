# make demo          load the shipped case, ask the main questions, write the page
# make test          lint, types, and every test, with a real Neo4j and a real browser
# make suite         the tests alone
# make peers         other programs, fetched once, read what this one writes
# make check         lint and types
# make bench         speed, each figure beside a peer in the same run
# make fuzz          thousands of broken inputs, and generated tests with fresh draws;  make soak  long runs
# make lowest        the tests with every direct dependency at its floor
# make system-check  make test in a bare Debian 12, as root and as a user
# make dist          the wheel, the source archive, and what is in them (CycloneDX)
# make lock          the releases that CI installs, by digest

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# pip shows its progress on a terminal.
INSTALL = pip="$(BIN)/python -m pip install"; [ -t 1 ] || pip="$$pip --quiet"; $$pip
LOCK ?=

.NOTPARALLEL:
.PHONY: demo test suite peers check bench fuzz soak lowest system system-check dist lock clean

demo: $(VENV)/user
	$(BIN)/isthmus demo --out out

test: system check suite

# The same run every time: generated tests from a fixed seed (tests/drawing.py), sets in one order.
suite: export PYTHONHASHSEED = 0
suite: $(VENV)/dev
	$(BIN)/pytest --numprocesses 2 --dist loadgroup $(TESTS)

peers: system $(VENV)/peers
	$(BIN)/pytest tests -m peers

check: $(VENV)/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/bench
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python "$$script" || exit 1; done

fuzz: $(VENV)/dev
	$(BIN)/pytest -m "fuzz or hypothesis" --hypothesis-profile fresh $(TESTS)

soak: $(VENV)/dev
	$(BIN)/pytest tests -m soak

lowest: system
	VENV=.venv-lowest PYTHON="$(PYTHON)" tools/lowest.sh
	.venv-lowest/bin/pytest --numprocesses 2 --dist loadgroup $(TESTS)

# Before anything else: what pip needs may be among it.
system:
	@PYTHON="$(PYTHON)" tools/system.sh

system-check:
	tools/bare.sh

dist: $(VENV)/dev
	PYTHON="$(BIN)/python" tools/dist.sh

lock: $(VENV)/dev
	PYTHON="$(BIN)/python" tools/lock.sh

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Isthmus needs Python 3.11 or newer; name one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Isthmus installs itself into a virtual environment, and this Python has no venv: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) --upgrade "pip>=25.1"

$(VENV)/user: $(VENV)/bin/python pyproject.toml
	@echo "installing Isthmus and the 42 packages it stands on into $(VENV): 150 MB to fetch, 534 MB on disk"
	@$(INSTALL) --editable ".[cypher]" || { \
	  echo "the embedded Cypher engine is not to be had for this machine: Isthmus without it (Cypher then needs a Neo4j server)"; \
	  $(INSTALL) --editable .; }
	@touch $@

$(VENV)/dev: $(VENV)/bin/python pyproject.toml $(LOCK)
	@echo "installing Isthmus, its extras and the tools of its tests into $(VENV): 98 packages, 380 MB to fetch, 1.3 GB on disk"
ifdef LOCK
	@$(INSTALL) --require-hashes --requirement $(LOCK)
	@$(INSTALL) --no-deps --no-build-isolation --editable .
else
	@$(INSTALL) --editable ".[all]" --group dev
endif
	@touch $@ $(VENV)/user

# The library of FollowTheMoney reads beside ours; it brings PyICU, which has no wheels.
$(VENV)/peers: $(VENV)/dev
	@$(INSTALL) $(if $(LOCK),--require-hashes --requirement .ci/lock-peers.txt,--group peers) || { \
	  echo "PyICU wants a C++ compiler and ICU: apt-get install g++ pkg-config libicu-dev python3-dev"; exit 1; }
	@touch $@

# Only to be timed: not among what CI installs, for not every registry has the release that was locked.
$(VENV)/bench: $(VENV)/peers
	@$(INSTALL) --group bench
	@touch $@

clean:
	rm -rf .venv .venv-* out build dist .pytest_cache .mypy_cache .ruff_cache isthmus/views/bundle
