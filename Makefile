PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STORE ?= demo-store
PORT ?= 8200
# Each process takes half of the tests in a row, so what a file of tests sets up is set up once.
# Floors 0 to 1 are walked whole by their own tests, and these are measured; what is measured takes
# longer. `microdata` runs the checks that `harmonise` writes.
FLOORS := model declare harmonise estimate protect outlook registers assess
MEASURED := tests/spec tests/golden/recruitment tests/unit/microdata $(FLOORS:%=tests/unit/%)

# Every command starts the quicker for it, and the tests start hundreds.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo setup test check prove bench lock clean

demo: setup  ## from a clone to the portal
	$(BIN)/cauce demo --store $(STORE) --port $(PORT)

setup: $(VENV)/ready

test: $(VENV)/ready-dev
	$(BIN)/python -m coverage erase
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not prove" --cov --cov-report= $(MEASURED)
	$(BIN)/python -m coverage report --fail-under=100
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "not prove" $(MEASURED:%=--ignore=%)

check: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/lock.py check
	$(BIN)/mypy
	$(BIN)/lint-imports

prove: $(VENV)/ready-dev  ## slow proofs
	$(BIN)/python -m pytest -m prove -s

bench: $(VENV)/ready-dev
	for script in bench/*.py; do $(BIN)/python $$script || exit 1; done

lock: $(VENV)/ready-dev
	$(BIN)/python tools/lock.py write

clean:
	rm -rf $(VENV) $(STORE) $(STORE)-microdata $(STORE)-keys $(STORE)-registers.sqlite*

$(VENV)/ready: requirements.lock pyproject.toml
	$(if $(PYTHON),,$(error There is no Python here. Cauce needs Python 3.11 with venv and pip))
	@$(PYTHON) tools/install.py requirements.lock
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	@$(PYTHON) tools/install.py requirements-dev.lock
	@touch $@
