"""`python -m tests.faults.nursery`: loads the shop once and has each step done by a child.

Reads one JSON object a line: the step, its `point` of death ("after a.dotted.name", or "" to
live), the seconds by which the clock is `later`, and the settings of the child. Answers how the
child ended and what its step returned.
"""

import json
import os
import pkgutil
import signal
import sys
import traceback
from datetime import UTC, datetime, timedelta
from functools import wraps

import django
import time_machine


def plant(point: str) -> None:
    """From now on this process is killed before or after that call, as by the kernel."""
    when, path = point.split()
    owner, _, name = path.rpartition(".")
    owner = pkgutil.resolve_name(owner)
    real = getattr(owner, name)

    @wraps(real)
    def deadly(*args, **kwargs):
        if when == "after":
            real(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, deadly)


def live(wanted: dict, answer: int) -> None:
    """The child's whole life."""
    from django.test.utils import override_settings

    from tests.faults import steps

    if wanted["point"]:
        plant(wanted["point"])
    moment = datetime.now(UTC) + timedelta(seconds=wanted["later"])
    with override_settings(**wanted["settings"]), time_machine.travel(moment):
        returned = getattr(steps, wanted["step"])()
    os.write(answer, json.dumps(returned).encode())


def bear(wanted: dict) -> dict:
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        failed = True
        try:
            live(wanted, write)
            failed = False
        finally:
            if failed:
                traceback.print_exc()
            os._exit(failed)
    os.close(write)
    with open(read, "rb") as pipe:
        returned = pipe.read()
    _, status = os.waitpid(child, 0)
    return {
        "ended": os.waitstatus_to_exitcode(status),
        "returned": json.loads(returned) if returned else None,
    }


def main() -> None:
    django.setup()
    from django.urls import resolve

    from tests.faults import steps  # all that children need is loaded before they are born

    resolve("/webhooks/stripe/")
    assert steps
    for line in sys.stdin:
        sys.stdout.write(json.dumps(bear(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
