# Every machine check in one place. `make check` needs the extras `test` and `check`, and npm for Biome.

PYTHON ?= python
BIOME = npx --yes @biomejs/biome@2.6.8
CODE = quizapp tests

.PHONY: check format lock test slow fitting benchmarks

check:
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m mypy
	lint-imports --no-logo
	$(PYTHON) -m deptry .
	$(PYTHON) -m djlint templates --check --quiet
	$(PYTHON) -m djlint templates --lint --quiet
	$(BIOME) check --error-on-warnings static

format:
	$(PYTHON) -m ruff format $(CODE)
	$(PYTHON) -m ruff check --fix $(CODE)
	$(BIOME) check --write static

test:
	$(PYTHON) -m pytest

slow:
	$(PYTHON) -m pytest -m slow

# The tests that need the extra `fitting`, which README's commands do not install.
fitting:
	QUIZAPP_REQUIRE_FITTING=1 $(PYTHON) -m pytest -m fitting $$(grep -rl --include='test_*.py' 'mark\.fitting' tests)

benchmarks:
	$(PYTHON) -m tests.benchmarks

# The versions that README's commands install, for every system and Python at once.
lock:
	$(PYTHON) -m uv pip compile --universal --no-header --no-annotate --all-extras --python-version 3.11 --output-file requirements.lock pyproject.toml
