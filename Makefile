## make play    open supple; arguments go in ARGS:  make play ARGS="list"
## make test    the tests everyone runs, under two minutes
## make proof   every kind of long test: the real program at a terminal, a fresh copy, and more
## make soak    kills, cuts and random input, many times over:  make soak MINUTES=60 SEED=7
## make check   style, types and who may import whom
## make bench   how fast it is here
## make figures draw every figure of the catalogue on one sheet, docs/figures.svg
## make clean   remove what these commands made
##
## Each sets up what it needs the first time. A certain Python:  make PYTHON=python3.12 play

.POSIX:
.PHONY: help setup play test proof soak check bench figures clean

help:
	@sed -n 's/^##[ ]\{0,1\}//p' Makefile

setup:
	@PYTHON='$(PYTHON)' sh tools/setup.sh

play: setup
	@.venv/bin/supple $(ARGS)

test: setup
	@.venv/bin/python -m pytest -n "$$(getconf _NPROCESSORS_ONLN || echo 1)" --dist worksteal $(ARGS)

# The tests at a terminal mostly wait. The stop key is measured, so it has the machine to itself.
proof: setup
	@.venv/bin/python -m pytest -m proof --ignore=tests/proof/test_stop_key.py -n "$$(($$(getconf _NPROCESSORS_ONLN || echo 1) + 1))" --dist worksteal $(ARGS)
	@.venv/bin/python -m pytest -m proof tests/proof/test_stop_key.py $(ARGS)

MINUTES = 10
SEED = 1
soak: setup
	@.venv/bin/python -m tools.soak '$(MINUTES)' '$(SEED)' $(ARGS)

check: setup
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: setup
	@.venv/bin/python -m bench $(ARGS)

figures: setup
	@.venv/bin/python -m tools.figures $(ARGS)

clean:
	@rm -rf .venv dist .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
