"""Start it: python -m marketplace.demo.stripe_server --port 8010 --state var/stripe."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from .server import Server

parser = argparse.ArgumentParser(prog="stripe_server", description=sys.modules[__package__].__doc__)
parser.add_argument("--port", type=int, default=8010, help="0 takes any free one")
parser.add_argument("--state", type=Path, default="var/stripe")
parser.add_argument("--webhook-url", default="http://127.0.0.1:8000/webhooks/stripe/")
parser.add_argument("--webhook-secret", default="whsec_demonstration")
options = parser.parse_args()
try:
    server = Server(options.port, options.state, options.webhook_url, options.webhook_secret)
except OSError as problem:
    sys.exit(f"The payment server cannot listen on port {options.port}: {problem.strerror}.")
sys.stdout.write(f"Payment server: http://127.0.0.1:{server.server_port}\n")
sys.stdout.flush()
with suppress(KeyboardInterrupt):
    server.serve_forever()
