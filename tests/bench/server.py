"""A web server to be measured, as `make run` starts it. Knows nothing of any settings."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "var" / "bench-servers.log"
WORKERS = 2
START_WITHIN = 60


def database_url(name: str) -> str:
    """The address of another database on the server that DATABASE_URL names."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def running(
    application: str, environment: Mapping[str, str], *, probe: str, threads: int = 1
) -> Iterator[int]:
    """Two processes of so many threads each; yields the port once `probe` answers.

    What they say goes to LOG: a crowd that is refused is a line for each buyer.
    """
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST]
    command += ["--port", str(port), "--workers", str(WORKERS)]
    command += ["--blocking-threads", str(threads), "--no-ws", application]
    with LOG.open("a") as log:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_until_answers(port, server, probe)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_until_answers(port: int, server: subprocess.Popen, probe: str) -> None:
    for _ in range(START_WITHIN * 4):
        if server.poll() is not None:
            raise RuntimeError(f"The web server ended while starting, see {LOG}")
        with closing(http.client.HTTPConnection(HOST, port, timeout=30)) as client:
            try:
                client.request("GET", probe)
                if client.getresponse().status == http.client.OK:
                    return
            except OSError:
                time.sleep(0.25)
    raise RuntimeError("The web server did not answer.")
