# MedPayIQ: the chores. `make help` lists them.

PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
WORKERS ?= 2

# Where it is set, every start of the site compiles all of it anew; the suite starts it some hundred times.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check format lock audit sbom wheel bench clean

help: ## list the chores
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/runtime: requirements/runtime.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "MedPayIQ needs Python 3.11 or newer; set PYTHON=")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

.venv/dev: requirements/dev.txt .venv/runtime
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

run: .venv/runtime ## prepare everything and serve the sample on 127.0.0.1:8000
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_sample
	@$(BIN)/python manage.py load_sample_reports
	@$(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@echo "MedPayIQ is at http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)"
	@$(BIN)/gunicorn --config deploy/gunicorn.conf.py medpayiq.wsgi --bind 127.0.0.1:$(PORT) --workers $(WORKERS) --log-level warning

test: .venv/dev ## prepare everything and run the whole suite
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(PYTEST_OPTIONS)

check: .venv/dev ## lint, types, arrows, names, templates, migrations, deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.retired_names
	git ls-files -z 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run
	MODE=production SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=medpayiq.example \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/dev ## put code and templates in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z 'templates/*.html' | xargs -0 -r $(BIN)/djade --target-version 5.2

lock: .venv/dev ## lock the newest versions that pyproject.toml allows
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q pyproject.toml --upgrade --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements/runtime.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --upgrade --python-version 3.11 --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate -o requirements/dev.txt

audit: .venv/dev ## look for known holes in the locked libraries (asks PyPI's advisory service)
	@test -x .venv/audit/bin/pip-audit || $(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	.venv/audit/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements/runtime.txt || \
		{ echo "Not passed: a library has a known hole, or PyPI's advisory service could not be asked. Above it says which." >&2; exit 1; }

sbom: ## list the locked libraries of the site in CycloneDX, into var/sbom.json
	@test -x .venv/audit/bin/cyclonedx-py || $(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom
	@mkdir -p var
	@PYTHONWARNINGS=ignore .venv/audit/bin/cyclonedx-py requirements requirements/runtime.txt --pyproject pyproject.toml --of JSON -o var/sbom.json
	@echo "The components are listed in var/sbom.json."

wheel: ## build the wheel of this version into dist/
	@test -x .venv/build/bin/python || $(PYTHON) -m venv .venv/build
	@.venv/build/bin/pip install --quiet --disable-pip-version-check build
	.venv/build/bin/python -m build --wheel

bench: .venv/dev ## measure speed and memory (what FULL_SQLITE, DATABASE_URL, CMS_FILES, DATASETTE name)
	$(BIN)/python -m benchmarks

clean: ## remove what the chores made (the local database too)
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache
