"""`python -m marketplace.demo.run`: the whole demonstration in one foreground program.

Prepares what is missing, starts web, worker and payment server, says where they are, and on
Ctrl-C (or when one of them stops) ends them all.
"""

import asyncio
import http.client
import os
import signal
import socket
import sys
from contextlib import closing, suppress

from marketplace.demo.children import Children
from marketplace.demo.preparation import StepError, prepare
from marketplace.demo.reading import read
from marketplace.demo.words import table, words
from marketplace.settings import env, stripe

HOST = "127.0.0.1"
READY_WITHIN = 120
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WARM_PATHS = ("/", "/shop/", "/cooperatives/", "/shop/search/?q=yanmai", "/en/")


def tell(key: str, **values: object) -> None:
    say(words(key, **values))


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def ports(first: int) -> list[int]:
    """Those that the demonstration listens on: the shop's and, ten above, the payment server's."""
    return [first, first + 10] if stripe.DEMO_PAYMENT_SERVER else [first]


def programs() -> dict[str, list[str]]:
    """Command lines of what runs side by side."""
    python, port = sys.executable, str(env.PORT)
    web = [
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        port,
        "--workers",
        "2",
        "--blocking-threads",
        "1",
    ]
    worker = ["worker", "--beat", "--pool", "solo", "--loglevel", "warning"]
    schedule = ["--schedule", str(env.VAR_DIR / "celerybeat-schedule")]
    commands = {
        "web": [python, "-m", "granian", *web, "marketplace.wsgi:application"],
        "worker": [python, "-m", "celery", "-A", "marketplace", *worker, *schedule],
    }
    if stripe.DEMO_PAYMENT_SERVER:
        commands["payments"] = [
            *(python, "-m", "marketplace.demo.stripe_server"),
            *("--port", str(stripe.DEMO_PAYMENT_PORT)),
            *("--state", str(stripe.DEMO_PAYMENT_STATE)),
            *("--webhook-url", f"http://{HOST}:{port}/webhooks/stripe/"),
            *("--webhook-secret", stripe.STRIPE_WEBHOOK_SECRETS[0]),
        ]
    return commands


def fetch(path: str) -> tuple[int, str]:
    """Status and text of one of our own pages; 0 while nobody answers."""
    with closing(http.client.HTTPConnection(HOST, env.PORT, timeout=30)) as connection:
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        except OSError as problem:
            return 0, str(problem)


async def until_ready() -> str:
    """Wait for /readyz; returns "" or what it said last."""
    clock = asyncio.get_running_loop().time
    end = clock() + READY_WITHIN
    while clock() < end:
        status, answer = await asyncio.to_thread(fetch, "/readyz")
        if status == http.client.OK:
            return ""
        await asyncio.sleep(0.3)
    return answer or str(status)


async def warm() -> None:
    """Load templates, words and caches in both web processes before the first visitor."""
    await asyncio.gather(*(asyncio.to_thread(fetch, path) for path in WARM_PATHS * 2))


async def open_shop(children: Children) -> int:
    """Start everything and stay until something stops; returns the exit code.

    The worker comes last: it is not needed for the first page and would slow its coming.
    """
    tell("starting")
    commands = programs()
    worker = commands.pop("worker")
    for name, command in commands.items():
        await children.start(name, *command, cwd=env.BASE_DIR)
    ready = asyncio.create_task(until_ready())
    ended = asyncio.create_task(children.first_end())
    await asyncio.wait({ready, ended}, return_when=asyncio.FIRST_COMPLETED)
    if not ended.done():
        ended.cancel()
        if ready.result():
            tell("not_ready", seconds=READY_WITHIN, answer=ready.result())
            return 1
        await warm()
        announce(children)
        await children.start("worker", *worker, cwd=env.BASE_DIR)
        ended = asyncio.create_task(children.first_end())
    name = await ended
    tell("child_died", name=name, log=os.path.relpath(children.log(name)))
    say(children.last_lines(name))
    return 1


def announce(children: Children) -> None:
    people, site = read("people"), f"http://{HOST}:{env.PORT}"
    addresses = [("shop", f"{site}/"), ("english", f"{site}/en/"), ("cms", f"{site}/cms/")]
    if stripe.DEMO_PAYMENT_SERVER:
        addresses.append(("payments", f"http://{HOST}:{stripe.DEMO_PAYMENT_PORT}/"))
    say(f"\n{words('open')}\n")
    say(table((words(key), url) for key, url in addresses))
    say(f"\n{words('accounts', password=people['password'])}\n")
    say(table((p["email"], f"{p['role']} · {p['role_en']}") for p in people["person"]))
    say(f"\n{words('how_to_end', log=os.path.relpath(children.logs))}")


async def run() -> int:
    children = Children(env.VAR_DIR / "log")
    this = asyncio.current_task()
    loop = asyncio.get_running_loop()
    try:
        for number in SIGNALS:
            loop.add_signal_handler(number, this.cancel)
        await prepare(children=children, tell=tell)
        return await open_shop(children)
    except StepError as step:
        tell("step_failed", log=children.log(str(step)))
        return 1
    except asyncio.CancelledError:
        return 0
    finally:
        for number in SIGNALS:
            loop.add_signal_handler(number, lambda: None)
        await children.end()
        tell("ended")


def main() -> int:
    tell("title")
    if not env.DEMO_ALLOWED:
        tell("refused")
        return 1
    for port in ports(env.PORT):
        if not is_free(port):
            others = range(env.PORT + 1, env.PORT + 200)
            other = next((o for o in others if all(map(is_free, ports(o)))), "…")
            tell("port_taken", port=port, other=other)
            return 1
    with suppress(KeyboardInterrupt):
        return asyncio.run(run())
    return 0


if __name__ == "__main__":
    sys.exit(main())
