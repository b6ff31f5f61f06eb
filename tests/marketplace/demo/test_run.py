"""The foreground program, with toy programs in place of web, worker and payment server."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings

SCRIPT = """
import sys
from pathlib import Path
from marketplace.demo import run
from marketplace.settings import env

SERVER = '''
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *words):
        pass
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
'''
BRIEF = "print('the worker could not start')"
WAIT = "import signal; signal.pause()"

async def nothing(**options):
    pass

env.VAR_DIR = Path(sys.argv[1])
run.prepare = nothing
run.programs = lambda: {
    "web": [sys.executable, "-c", SERVER, str(env.PORT)],
    "worker": [sys.executable, "-c", {"dies": BRIEF, "stays": WAIT}[sys.argv[2]]],
}
sys.exit(run.main())
"""


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def start(tmp_path):
    """Starts the program on a port; its output is read line by line."""
    started = []

    def run_on(port, worker="stays"):
        process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path), worker],
            cwd=settings.BASE_DIR,
            env={**os.environ, "PORT": str(port), "YINSHAN_DEMO": "yes"},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield run_on
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def read_until(process, words):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            break
    return "".join(lines)


def is_free(port):
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_tells_addresses_and_accounts_and_ends_cleanly(start, number):
    port = free_port()
    process = start(port)
    told = read_until(process, "Ctrl-C")
    assert f"http://127.0.0.1:{port}/" in told
    assert "consumer@example.com" in told
    assert "yinshan-demo-2026" in told
    process.send_signal(number)
    assert process.wait(20) == 0
    assert is_free(port)


def test_when_one_program_ends_all_end_and_its_words_are_shown(start):
    port = free_port()
    process = start(port, worker="dies")
    told = process.stdout.read()
    assert process.wait(20) == 1
    assert "the worker could not start" in told
    assert is_free(port)


def test_a_taken_port_is_named_with_another_to_choose(start):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(port)
        told = process.stdout.read()
        assert process.wait(20) == 1
    assert f"Port {port} is in use" in told
    assert f"端口 {port}" in told
    assert "PORT=" in told
