# 阴山集. `make help` lists what can be done; each target installs what it needs by itself.

PORT ?= 8000
export PORT

# Bytecode is kept, also where the machine says otherwise: each of the many processes would compile
# Django and its company anew, ten seconds at a time.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PY := $(BIN)/python
OURS := catalog cms marketplace tests manage.py
TEMPLATES := marketplace/templates
ENGLISH := marketplace/locale/en/LC_MESSAGES/django.po

# The first Python that is new enough; pyenv leaves commands that do not work, so each is tried.
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	if $$p -c '$(NEW_ENOUGH)' >/dev/null 2>&1; then echo $$p; break; fi; done)

# What is installed is known by the checksum of its lock file.
RUNTIME := .venv/.runtime-$(shell cksum < requirements.lock | tr ' ' '-')
DEV := .venv/.dev-$(shell cksum < requirements-dev.lock | tr ' ' '-')
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes

.DEFAULT_GOAL := help
.PHONY: help demo run worker test check bench soak fmt messages migrations lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## the whole market on 127.0.0.1:$PORT (8000) with demonstration data; Ctrl-C ends it
	@exec $(PY) -m marketplace.demo.run

run: $(RUNTIME) ## the web server alone, for production behind a proxy
	$(PY) manage.py migrate --check
	$(PY) manage.py collectstatic --no-input
	exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers 2 --blocking-threads 1 \
		marketplace.wsgi:application

worker: $(RUNTIME) ## background tasks and the timetable; exactly one with --beat
	exec $(BIN)/celery -A marketplace worker --beat --schedule var/celerybeat-schedule \
		--loglevel info

# Of the journeys on SQLite those are left out that look at screens (see tests/conftest.py).
test: $(DEV) browser ## every test on PostgreSQL, then the journeys on SQLite
	$(PY) -m tests.templates
	$(PY) -m pytest -n 2 -m "not soak" $(ARGS)
	TEST_DATABASE=sqlite $(PY) -m pytest -n 2 -m "not soak" tests/journeys $(ARGS)

check: $(DEV) ## lint, format, templates, import contracts, migrations, messages, deployment
	$(BIN)/ruff check $(OURS)
	$(BIN)/ruff format --check $(OURS)
	$(BIN)/djlint --lint --quiet $(TEMPLATES)
	$(BIN)/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	TEST_DATABASE=sqlite $(PY) -m pytest tests/test_messages.py
	SECRET_KEY=check-only-$$(cksum < requirements.lock | tr -d ' ')-not-used-to-sign-anything-at-all \
		HOUSEHOLD_KEYS=$$(head -c 32 /dev/zero | base64) HOUSEHOLD_INDEX_KEY=check-only \
		DATABASE_URL=sqlite:///$(CURDIR)/var/check.sqlite3 \
		SITE_URL=https://check.example ALLOWED_HOSTS=check.example DEBUG=False \
		$(PY) manage.py check --deploy --fail-level WARNING

bench: $(DEV) ## what pages cost at 300 and 20,000 products, and beside a stock django-oscar
	$(PY) -m tests.bench

soak: $(DEV) browser ## the long tests: fuzz, faults, big data
	$(PY) -m pytest -n 2 -m soak $(ARGS)

fmt: $(DEV) ## format Python
	$(BIN)/ruff check --fix $(OURS)
	$(BIN)/ruff format $(OURS)

messages: $(RUNTIME) ## collect the interface strings and compile them (needs gettext)
	$(PY) manage.py makemessages -l zh_Hans -l en -e html,txt,py --no-location --no-obsolete \
		--no-wrap -i .venv -i var -i tests
	msgattrib --clear-fuzzy --empty --no-wrap $(ENGLISH) | msgen --no-wrap -o $(ENGLISH) -
	$(PY) manage.py compilemessages -i .venv

migrations: $(RUNTIME) ## write a migration: make migrations APP=order NAME=what_it_does
	@test -n "$(APP)" -a -n "$(NAME)" || { echo "make migrations APP=… NAME=…"; exit 2; }
	$(PY) manage.py makemigrations $(APP) --name $(NAME)

lock: ## resolve pyproject.toml into the two lock files (needs uv)
	@command -v uv >/dev/null || { echo "uv is needed: https://docs.astral.sh/uv/"; exit 2; }
	uv pip compile pyproject.toml --generate-hashes --universal --no-emit-index-url \
		--quiet --output-file requirements.lock
	uv pip compile pyproject.toml --group dev --generate-hashes --universal \
		--no-emit-index-url --quiet --output-file requirements-dev.lock

# --clear: a virtual environment without pip, left by an interrupted run, is made again.
$(RUNTIME):
	@test -n "$(PYTHON)" || { \
		echo "需要 Python 3.11 或更新的版本，找到的是：$$(python3 --version 2>&1)"; \
		echo "Python 3.11 or newer is needed, found: $$(python3 --version 2>&1)"; \
		echo "Another one: make PYTHON=/path/to/python3.12 …"; exit 2; }
	@test -x $(PY) && $(PY) -m pip --version >/dev/null 2>&1 || { \
		echo "建立 Python 环境 · Making the virtual environment with $(PYTHON)"; \
		$(PYTHON) -m venv --clear .venv; } || { \
		echo "缺少 venv 模块 · The venv module is missing: apt install python3-venv"; exit 2; }
	@echo "安装依赖，约一分钟 · Installing the locked requirements, about a minute"
	@$(PIP) -r requirements.lock
	@rm -f .venv/.runtime-* && touch $@

$(DEV): $(RUNTIME)
	@echo "安装开发依赖 · Installing the development requirements"
	@$(PIP) -r requirements-dev.lock
	@rm -f .venv/.dev-* && touch $@

.PHONY: browser
browser: $(DEV)
	@$(PY) -m tests.browser
