"""The house stands: forks, migrations, environment, top level."""

import ast
import importlib
import pkgutil
import subprocess
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.utils.module_loading import import_string

TOP_LEVEL = {"marketplace", "cms", "catalog", "media", "tests", "docs", "manage.py", "Makefile"}
TOP_LEVEL |= {"pyproject.toml", "README.md", "requirements.lock", "requirements-dev.lock"}


def test_forks_lists_exactly_the_oscar_apps_that_we_changed():
    ours = {
        config.label
        for config in apps.get_app_configs()
        if any(base.__module__.startswith("oscar.apps.") for base in type(config).__mro__[1:])
        and not config.name.startswith("oscar.")
    }
    assert ours == set(settings.FORKS)


@pytest.mark.parametrize("label", sorted(settings.FORKS))
def test_every_upstream_migration_of_a_fork_is_still_reachable(label):
    package = importlib.import_module(f"oscar.apps.{label}")
    folder = [module.name for module in pkgutil.iter_modules(package.__path__)]
    if "migrations" not in folder:
        return
    upstream = importlib.import_module(f"oscar.apps.{label}.migrations")
    names = {module.name for module in pkgutil.iter_modules([upstream.__path__[0]])}
    known = {name for app, name in MigrationLoader(None).disk_migrations if app == label}
    assert names <= known


def test_each_app_has_one_last_migration():
    assert MigrationLoader(None).detect_conflicts() == {}


@pytest.mark.django_db
def test_no_model_change_lacks_its_migration():
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert said.getvalue().strip() == "No changes detected"


def test_env_example_names_exactly_what_the_settings_read():
    source = (settings.BASE_DIR / "marketplace" / "settings" / "env.py").read_text("utf-8")
    read = {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "env"
        and node.func.attr != "read_env"
    }
    lines = (settings.BASE_DIR / ".env.example").read_text("utf-8").splitlines()
    assert {line.split("=")[0] for line in lines if "=" in line and line[0] != "#"} == read


def test_only_env_reads_the_environment():
    readers = [
        path.name
        for folder in ("marketplace", "catalog", "cms")
        for path in (settings.BASE_DIR / folder).rglob("*.py")
        if "os.environ[" in (text := path.read_text("utf-8")) or "os.getenv" in text
    ]
    assert readers == []


def test_no_two_context_processors_give_the_same_name(rf):
    given = [
        name
        for dotted in settings.TEMPLATES[0]["OPTIONS"]["context_processors"]
        for name in import_string(dotted)(rf.get("/"))
    ]
    assert len(given) == len(set(given))
    assert {"chrome", "large_print"} <= set(given)


def test_the_top_level_holds_nothing_else():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    ).stdout.split()
    tops = {path.split("/")[0] for path in listed}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


def test_lock_files_carry_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (settings.BASE_DIR / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
        assert "--index-url" not in text
