"""`python -m tests.templates`: the template databases of both kinds, before the tests.

A worker builds what it misses by itself, while the other one waits for it. Made here, side by
side, neither core waits.
"""

import os
import subprocess
import sys

KINDS = ("postgresql", "sqlite")


def build() -> None:
    """Those of this process's database."""
    import tests.infrastructure  # noqa: F401  before the settings, as in pytest

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    from tests.database import ensure_demo_template, make_templates

    ensure_demo_template(make_templates())


def build_all() -> int:
    """Ends badly when one of them did."""
    command = [sys.executable, "-m", "tests.templates", "this"]
    builds = [
        subprocess.Popen(command, env={**os.environ, "TEST_DATABASE": kind}) for kind in KINDS
    ]
    return max(abs(process.wait()) for process in builds)


if __name__ == "__main__":
    sys.exit(build() if sys.argv[1:] == ["this"] else build_all())
