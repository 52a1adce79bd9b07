# The commands of the project. `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test test-all benchmark check format demo pictures lock clean

PYTHON_IN := .venv/bin/

# PORT, DATABASE_URL and DATA_DIR pass through the environment to every command below.

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Make or mend the environment (quick when nothing changed)
	@scripts/setup

run: ## Set up, migrate, load the demonstration the first time, and serve on http://localhost:8000
	@scripts/setup run
	@exec $(PYTHON_IN)flask --app wsgi registry up

test: ## Everything on SQLite, then what uses a database, but for the browser, on PostgreSQL
	@scripts/test

test-all: ## The same, and what takes longer: slow tests, and the browser on PostgreSQL
	@scripts/test all

benchmark: ## How fast it is: a million activities on both databases, and the page; a quarter of an hour
	@scripts/benchmark

check: ## Style, types, layers, templates and locks
	@scripts/check

format: ## Put the code in the house style
	@scripts/setup
	@$(PYTHON_IN)ruff check --fix-only --quiet .
	@$(PYTHON_IN)ruff format .

demo: ## Build the demonstration register anew, in a fresh database under var/
	@scripts/setup run
	@scripts/demonstration

pictures: ## Write a picture of every page of the main journey, at 375 and 1280 px, to var/pictures
	@scripts/pictures

lock: ## Write the lock files again from setup.cfg
	@scripts/setup
	@scripts/lock

clean: ## Remove all that was made here, except the data under var/
	@rm -rf .venv node_modules static/dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov
	@find registry tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +
