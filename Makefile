# Two commands are all there is to know: `make repro` and `make test`. Both set up what is missing first.
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)

.PHONY: repro test setup notebooks notebooks-html check docs pins clean

repro: setup            ## data/raw → data/processed/vanban.duckdb
	@$(BIN)/dvc repro --quiet
	@$(BIN)/vanban report --out data/processed

test: setup check       ## linting, types, all tests
	@scripts/browser.sh
	@$(BIN)/pytest

notebooks: setup        ## the notebooks in Jupyter Lab
	@JUPYTER_CONFIG_PATH=$(CURDIR)/notebooks/.jupyter $(BIN)/jupyter lab notebooks/01_tong_quan.ipynb

notebooks-html: setup   ## the notebooks, run, as pages in data/processed/notebooks
	@$(BIN)/python scripts/notebooks_html.py

setup:                  ## system packages, .venv, exact pins
	@scripts/setup.sh

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

docs: setup             ## DATA_DICTIONARY.md, COMMANDS.md and the answers of QUESTIONS.md in docs
	@$(BIN)/python scripts/data_dictionary.py
	@$(BIN)/python scripts/questions.py
	@$(BIN)/python scripts/command_reference.py

pins:                   ## requirements.txt from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements.build.in -o requirements.txt

clean:
	rm -rf data/processed/* data/processed/.cache
