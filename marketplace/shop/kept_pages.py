"""Public pages kept for the next visitor, until anything that such a page shows is written.

Every kept page lies under a mark that is read before the page is made. Whoever writes a row of a
table that pages show takes the mark away after the commit, so that what was kept before is never
found again, and a page that was being made meanwhile is kept where nobody looks. Writers need not
know of it: each statement that Django sends is seen here. What depends on the clock changes at
whole minutes, and no page outlives its minute.
"""

import hashlib
import re
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

MARK = "kept-pages"
SECONDS = 60
# Tables by the beginning of their names. A test holds this against what the pages read.
SHOWN = (
    "aftersales_recall",
    "assistance_batch",
    "assistance_cell",
    "assistance_mode",
    "assistance_recognition",
    "assistance_scheme",
    "brands_",
    "catalogue_",
    "expos_",
    "fairs_",
    "home_",
    "images_",
    "origins_",
    "papers_",
    "partner_",
    "producers_",
    "reports_plan",
    "reports_salescell",
    "shipping_",
    "stories_",
    "taggit_",
    "traceability_",
    "wagtailcore_locale",
    "wagtailcore_page",
    "wagtailcore_site",
    "wagtaildocs_",
    "wagtailimages_",
)
# Of these, what no page shows: at the doors of a fair somebody comes in each second.
NOT_SHOWN = ("fairs_checkin", "fairs_door")
WRITE = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE|MERGE)\b(?:\s+(?:OR \w+|INTO|FROM|TABLE|ONLY)\b)*"
    r'\s+"?(\w+)',
    re.IGNORECASE,
)
# Filters and words make more addresses than are worth keeping.
KEPT_QUERY = re.compile(r"(?:page=[1-9][0-9]{0,3})?")

T = TypeVar("T")
_memory: dict[str, tuple[str, Any]] = {}


def keep(
    request: HttpRequest, variant: Mapping[str, object], make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page kept for this address and `variant`, else the one that `make` makes.

    `variant` is all that the page depends on beside its address and what is stored.
    """
    if not can_be_kept(request):
        return make()
    key = key_of(request, variant)
    kept = cache.get(key)
    if kept is not None:
        return HttpResponse(kept)
    response = make()
    if response.status_code == HttpResponse.status_code and not response.cookies:
        cache.set(key, rendered(response).content, SECONDS)
    return response


def remembered(name: str, make: Callable[[], T]) -> T:
    """What `make` reads, once for this process and mark; for small things that pages share.

    `name` tells them apart by all that they depend on beside what is stored. Nobody may change
    what is returned.
    """
    if connection.in_atomic_block:
        return make()
    mark = current_mark()
    known = _memory.get(name)
    if known is None or known[0] != mark:
        known = _memory[name] = (mark, make())
    return known[1]


def can_be_kept(request: HttpRequest) -> bool:
    """Neither a draft nor, inside a transaction, what nobody else may see yet."""
    return (
        request.method == "GET"
        and KEPT_QUERY.fullmatch(request.META.get("QUERY_STRING", "")) is not None
        and not getattr(request, "is_preview", False)
        and not connection.in_atomic_block
    )


def key_of(request: HttpRequest, variant: Mapping[str, object]) -> str:
    minute = int(time.time() // SECONDS)
    state = (request.get_host(), request.get_full_path(), get_language(), sorted(variant.items()))
    digest = hashlib.sha256(repr((current_mark(), minute, state)).encode()).hexdigest()
    return f"kept-page:{digest}"


def current_mark() -> str:
    return cache.get_or_set(MARK, new_mark, timeout=None)


def new_mark() -> str:
    return uuid.uuid4().hex


def rendered(response: HttpResponse) -> HttpResponse:
    """Wagtail leaves its pages to be rendered later."""
    return response.render() if hasattr(response, "render") else response


def forget_pages() -> None:
    cache.delete(MARK)


def is_shown(sql: object) -> bool:
    """Whether the statement writes to a table that public pages show."""
    write = WRITE.match(sql) if isinstance(sql, str) else None
    return write is not None and write[1].startswith(SHOWN) and write[1] not in NOT_SHOWN


def watch(
    execute: Callable[..., Any], sql: object, params: Any, many: bool, context: Mapping[str, Any]
) -> Any:
    """Around every statement. A cache that fails must not fail the write: it is bound to a minute
    anyway.
    """
    result = execute(sql, params, many, context)
    if is_shown(sql) and not is_forgotten_already(context["connection"]):
        transaction.on_commit(forget_pages, context["connection"].alias, robust=True)
    return result


def is_forgotten_already(database: BaseDatabaseWrapper) -> bool:
    """One write after another in the same transaction and savepoint needs it once."""
    *_, last = [None, *database.run_on_commit]
    return last is not None and last[1] is forget_pages and last[0] == set(database.savepoint_ids)


def watch_writes(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(watch)
