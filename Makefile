# python3 (3.11 or newer) and make are all that is needed; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet
LANGUAGES := nb sv fi

.PHONY: run test bench lint format messages lock clean
.DEFAULT_GOAL := run

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9" 2>/dev/null || echo "uv is not to be had here: pip takes a minute longer."

# One stamp per set, so that `make run` never installs the tools of the tests.
$(VENV)/.rt: requirements/base.txt | $(BIN)/python
	@sh .ci/install $(BIN) $<
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@sh .ci/install $(BIN) $<
	@touch $@ $(VENV)/.rt

run: $(VENV)/.rt
	@exec $(BIN)/python -m config.run --port $(PORT)

test: $(VENV)/.dev lint
	@$(BIN)/python -m tests.run

bench: $(VENV)/.dev
	@$(BIN)/python -m tests.bench

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@git ls-files 'templates/*.html' | xargs -r $(BIN)/djade --target-version 5.2 --check

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@git ls-files 'templates/*.html' | xargs -r $(BIN)/djade --target-version 5.2

# Collects the sentences from code and templates; needs the system's gettext.
messages: $(VENV)/.dev
	@$(BIN)/python manage.py makemessages --no-obsolete --no-wrap --add-location file $(LANGUAGES:%=-l %) -i .venv -i var -i tests
	@$(BIN)/python manage.py compilemessages -i .venv --verbosity 0

# One joint resolution for everything; base and dev are cut out of it.
lock: | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile pyproject.toml --all-extras --group dev $(LOCK_FLAGS) -o $(VENV)/full.txt $(LOCK_ARGS)
	@$(BIN)/uv pip compile pyproject.toml -c $(VENV)/full.txt $(LOCK_FLAGS) -o requirements/base.txt
	@$(BIN)/uv pip compile pyproject.toml --extra postgres -c $(VENV)/full.txt $(LOCK_FLAGS) -o requirements/postgres.txt
	@$(BIN)/uv pip compile pyproject.toml --extra s3 -c $(VENV)/full.txt $(LOCK_FLAGS) -o requirements/s3.txt
	@$(BIN)/uv pip compile pyproject.toml --extra anymail -c $(VENV)/full.txt $(LOCK_FLAGS) -o requirements/anymail.txt
	@$(BIN)/uv pip compile pyproject.toml --all-extras --group dev -c $(VENV)/full.txt $(LOCK_FLAGS) -o requirements/dev.txt

clean:
	rm -rf $(VENV) var
