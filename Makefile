# Every target makes its own environment first: uv where there is one, else venv and pip with hashes.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export DJANGO_SETTINGS_MODULE := config.settings

.PHONY: demo test test-long check bench environment test-tools requirements vendor clean

demo: environment ## Serve the site with demonstration data on http://localhost:8000
	@exec env SIXTH_DAY_MODE=demonstration $(PY) manage.py demo

test: environment test-tools ## Every test but the long drills, the browser's too
	env SIXTH_DAY_MODE=test $(PY) -m pytest --create-db $(if $(ARGS),$(ARGS),-m "not long and not bench")

test-long: environment test-tools ## The drills: killed workers, every state in the browser, many random cases
	env SIXTH_DAY_MODE=test $(PY) -m pytest --create-db -m long $(ARGS)

check: environment ## Formatting, lint, types, import contracts, migrations, templates, deployment settings
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	env SIXTH_DAY_MODE=test $(PY) -m mypy config casework exclusions panels wsoa reporting tests
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djade --check --target-version 5.2 $$(git ls-files 'templates/*.html')
	env SIXTH_DAY_MODE=test $(PY) manage.py makemigrations --check --dry-run
	env SIXTH_DAY_MODE=production SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
	  DATABASE_URL=postgres://nobody@localhost/none ALLOWED_HOSTS=sixth-day.example \
	  $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) .ci/requirements_current.py

bench: environment ## The benchmarks, which print figures and judge nothing
	env SIXTH_DAY_MODE=test $(PY) -m pytest -m bench -s --no-header -q tests/bench

environment: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml uv.lock requirements.txt
	@bash .ci/environment
	@touch $@

test-tools:
	@bash .ci/test-tools

requirements: ## Write the hashed list for those without uv
	uv export --quiet --format requirements-txt --no-emit-project --all-groups -o requirements.txt

vendor: environment ## Fetch the front-end packages again (needs npm)
	$(PY) manage.py vendor_frontend

clean:
	rm -rf $(VENV) .demo .pytest_cache .mypy_cache .ruff_cache staticfiles
