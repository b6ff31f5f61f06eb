"""Processes that belong together: they end together, each with all that it started."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from contextlib import suppress
from pathlib import Path

PATIENCE = 10.0
TAIL_LINES = 20


class Children:
    """Programs that run side by side, each in its own process group with its own log."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: dict[str, Process] = {}
        logs.mkdir(parents=True, exist_ok=True)

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def last_lines(self, name: str) -> str:
        lines = self.log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])

    async def start(self, name: str, *command: str, **options: object) -> Process:
        """Start a program; what it writes goes to its log, unless `stdout` is given."""
        with self.log(name).open("wb") as log:
            options = {"stdout": log, "stderr": log} | options
            child = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.DEVNULL, start_new_session=True, **options
            )
        self.running[name] = child
        return child

    async def first_end(self) -> str:
        """The name of the first program that ends."""
        waits = {asyncio.create_task(c.wait()): name for name, c in self.running.items()}
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()
        return waits[done.pop()]

    async def end(self) -> None:
        """End every process group: politely, then after PATIENCE seconds by force."""
        for child in self.running.values():
            _signal_group(child, signal.SIGTERM)
        waits = [asyncio.create_task(child.wait()) for child in self.running.values()]
        if waits:
            await asyncio.wait(waits, timeout=PATIENCE)
        for child in self.running.values():
            _signal_group(child, signal.SIGKILL)
        await asyncio.gather(*waits)
        self.running.clear()


def _signal_group(child: Process, number: signal.Signals) -> None:
    """Also reaches what the program left behind; its group is named after its first process."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)
