"""Programs that belong together end together, with all that they started."""

import asyncio
import os
import sys
import time
from asyncio.subprocess import PIPE

import pytest

from marketplace.demo import children as module
from marketplace.demo.children import Children

WAIT = "import signal; signal.pause()"
FAMILY = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
print(child.pid, flush=True)
child.wait()
"""
STUBBORN = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
while True:
    signal.pause()
"""


def is_alive(pid):
    """A process that only waits to be counted by its parent is dead."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def is_alive_for(seconds, pid):
    """Whether it outlives them; the kernel takes a moment to end what was told to end."""
    end = time.monotonic() + seconds
    while is_alive(pid):
        if time.monotonic() > end:
            return True
    return False


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="reads /proc")
def test_a_program_ends_with_what_it_started(tmp_path):
    async def story():
        children = Children(tmp_path)
        family = await children.start("family", sys.executable, "-c", FAMILY, stdout=PIPE)
        grandchild = int(await family.stdout.readline())
        assert is_alive(grandchild)
        await children.end()
        return family.pid, grandchild

    assert not any(is_alive_for(5, pid) for pid in asyncio.run(story()))


def test_one_that_will_not_end_is_ended_by_force(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.2)

    async def story():
        children = Children(tmp_path)
        stubborn = await children.start("stubborn", sys.executable, "-c", STUBBORN, stdout=PIPE)
        await stubborn.stdout.readline()
        await children.end()
        return stubborn.returncode

    assert asyncio.run(story()) == -9


def test_the_first_that_ends_is_named_and_its_last_words_are_kept(tmp_path):
    async def story():
        children = Children(tmp_path)
        await children.start("steady", sys.executable, "-c", WAIT)
        await children.start("brief", sys.executable, "-c", "print('gone')")
        name = await children.first_end()
        await children.end()
        return name, children.last_lines("brief")

    assert asyncio.run(story()) == ("brief", "gone")


def test_nothing_to_end_is_no_error(tmp_path):
    children = Children(tmp_path)
    asyncio.run(children.end())
    assert children.running == {}
