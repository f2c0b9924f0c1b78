# make run    sets everything up and serves the demo at http://127.0.0.1:$(PORT)
# make test   sets everything up and runs the whole test suite
# make check  format, lint, types, templates, migrations, instruments, settings of a real server
# make bench  the benchmarks
# make requirements   pins the newest releases that pyproject.toml allows, with hashes

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PIN := $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
.DEFAULT_GOAL := help

.PHONY: help run test check bench requirements debian-run debian-test assets

help:
	@sed -n 's/^# //p' Makefile

run: debian-run .venv/run
	@DEMO=1 PORT=$(PORT) exec $(BIN)/python manage.py run

test: debian-run debian-test .venv/dev assets
	@exec $(BIN)/python -m pytest -n 2 -q $(ARGS)

check: debian-run .venv/dev assets
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check_instruments
	PRODUCTION=1 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(40))') \
		ALLOWED_HOSTS=joinedup.example SITE_URL=https://joinedup.example EMAIL_URL=smtps://mail.joinedup.example \
		DATABASE_URL=postgresql://database.joinedup.example/joined_up \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/mypy .

bench: debian-run debian-test .venv/dev assets
	@exec $(BIN)/python -m benchmarks $(ARGS)

assets:
	@$(BIN)/python -m config.assets

debian-run debian-test:
	@requirements/debian $(@:debian-%=%)

.venv/run: requirements/run.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what is needed to run"
	@$(PIP) install --quiet --require-hashes --requirement $<
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	@echo "Installing what is needed to test"
	@$(PIP) install --quiet --require-hashes --requirement $<
	@touch $@

requirements: .venv/dev
	$(PIN) --output-file requirements/run.txt pyproject.toml
	$(PIN) --output-file requirements/dev.txt --extra dev --constraint requirements/run.txt pyproject.toml
