# Two commands matter: `make serve` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/flask --app wsgi
JOBS ?= 2
# Where it is set, every process compiles all packages anew: an import takes twice as long.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help serve whole naughty soak tour test lint types format unit browser fuzz kill postgres elasticsearch relevance benchmarks lock clean reset semgrep sbom licences
.DEFAULT_GOAL := help

help: ## List what a person does here
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.run: requirements/run.txt requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; try make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/run.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

serve: $(VENV)/.run ## Open the market on this machine, with sample data when it is empty
	@$(FLASK) serve

test: $(VENV)/.dev lint types unit ## Lint, types and every test that this machine can run

lint: $(VENV)/.dev ## Style, with the reasons for exemptions in pyproject.toml
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev ## mypy --strict over the whole product
	@$(BIN)/mypy .

semgrep: $(VENV)/.dev ## Our own rules for what must never appear (ci/semgrep)
	@$(BIN)/semgrep scan --config ci/semgrep --error --quiet --metrics=off --disable-version-check --exclude tests .

licences: $(VENV)/.dev ## The licence of every package that ships; fails on one outside ci/licences.toml
	@$(BIN)/pip-licenses --format=json --from=mixed | $(BIN)/python ci/licences.py

sbom: $(VENV)/.dev ## build/sbom.json: what ships, as CycloneDX, for an audit elsewhere
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements/run.txt --output-reproducible --of JSON -o build/sbom.json
	@echo build/sbom.json

format: $(VENV)/.dev ## Put the source in shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

unit: $(VENV)/.dev ## All tests; PostgreSQL and Chromium are used where they are found
	@$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m 'not fuzz and not alone' --durations 30 --durations-min 5
	@$(BIN)/pytest -m alone tests/search

whole: $(VENV)/.dev ## All tests, nothing by turns: each string, page, pair and use case everywhere; hours
	@QIAOYI_WHOLE=1 QIAOYI_NAMED_RACES=500 $(MAKE) --no-print-directory unit

browser: $(VENV)/.dev ## Only the tests that drive Chromium
	@$(BIN)/pytest -m browser

tour: $(VENV)/.dev ## Walk one deal from result to registered contract; a picture of each step in build/tour
	@rm -rf build/tour
	@env -u QIAOYI_TEST_POSTGRES QIAOYI_TOUR=build/tour $(BIN)/pytest -q tests/browser/test_whole_way.py -k negotiated
	@echo build/tour

fuzz: $(VENV)/.dev ## Made-up requests against the whole API; QIAOYI_FUZZ_CASES says how many
	@$(BIN)/pytest -m fuzz tests/api/test_fuzz.py

kill: $(VENV)/.dev ## Only the tests that kill processes
	@$(BIN)/pytest -m kill

naughty: $(VENV)/.dev ## A hundred odd strings in every field and every body, each; a quarter of an hour
	@QIAOYI_WHOLE=1 $(BIN)/pytest tests/trust/test_naughty_fields.py tests/trust/test_naughty_bodies.py

soak: $(VENV)/.dev ## Ten thousand rounds of every race over deals, contracts and money; hours (QIAOYI_RACES=…)
	@QIAOYI_RACES=$(or $(QIAOYI_RACES),10000) $(BIN)/pytest tests/deals tests/contracts tests/billing -k races

postgres: ## Start a PostgreSQL for tests; prints the URL to export as QIAOYI_TEST_POSTGRES
	@ci/postgres start

elasticsearch: ## Start an Elasticsearch for tests; prints the URL to export as QIAOYI_TEST_ELASTICSEARCH
	@ci/elasticsearch start

relevance: $(VENV)/.dev ## nDCG@10, MAP, recall@100 for every shared set, beside the BM25 floor (ENGINE=embedded|elasticsearch)
	@$(BIN)/python -m benchmarks.search.relevance $(or $(ENGINE),embedded)

benchmarks: $(VENV)/.dev ## Import, index and search against the bare engine, in the same run
	@$(BIN)/python -m benchmarks

lock: ## Resolve again and export hashed requirements (needs uv in .venv)
	@$(BIN)/uv lock
	@$(BIN)/uv export -q --frozen --no-dev --no-header -o requirements/run.txt
	@$(BIN)/uv export -q --frozen --no-header -o requirements/dev.txt

clean: ## Remove caches and the environment; data in var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build

reset: ## Remove this machine's market data (var/)
	@rm -rf var
