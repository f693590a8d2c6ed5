# Two commands matter: `make demo` and `make test`. Both set everything up.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3,11) <= sys.version_info < (3,14))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test torture warm check fix bench bench-long clean

$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and none was found." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# The matcher is compiled once (about a minute) and kept beside its source.
warm: $(READY)
	@$(BIN)/python -c "from matchers.people.warming import warm; warm()"

demo: warm
	@$(BIN)/watcher demo

# Two at a time, each file as a whole: what its tests share is made once.
test: warm
	$(BIN)/python -m pytest -n 2 --dist loadfile

# The long rounds: the matcher with every bound checked, an hour of fuzzing for the readers. CI runs a part of each.
torture: warm
	WATCHER_TORTURE=1 $(BIN)/python -m pytest tests/torture

check: warm
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile

fix: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the benches compare with is an extra of its own.
$(VENV)/.bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	@touch $@

bench: $(VENV)/.bench
	$(BIN)/python -m bench.speed
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.detection --quick
	$(BIN)/python -m bench.watching

bench-long: $(VENV)/.bench
	$(BIN)/python -m bench.speed --long
	$(BIN)/python -m bench.reading --long
	$(BIN)/python -m bench.detection
	$(BIN)/python -m bench.watching --long

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
