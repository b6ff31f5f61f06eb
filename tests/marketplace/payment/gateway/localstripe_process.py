"""Runs localstripe, somebody else's imitation of Stripe, as a process of its own on a free port.

Its own command would listen to the whole network, take up what an earlier run left in the
system's temporary folder and leave its own there. This listens on 127.0.0.1 and forgets all.
"""

import re
import subprocess
import sys
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from urllib.parse import urlsplit

PROGRAM = """
import socket
from aiohttp import web
from localstripe import resources, server

resources.Store.dump_to_disk = lambda store: None
listener = socket.create_server(("127.0.0.1", 0))
print(f"http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
web.run_app(server.app, sock=listener, print=None, access_log=None)
"""


@contextmanager
def running_localstripe():
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield re.search(r"http://\S+", process.stdout.readline())[0]
        finally:
            process.kill()


def forget(base: str) -> None:
    """Nothing has ever happened there."""
    with closing(HTTPConnection(urlsplit(base).netloc, timeout=10)) as connection:
        connection.request("DELETE", "/_config/data")
        assert connection.getresponse().status == 200
