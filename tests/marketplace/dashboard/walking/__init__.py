"""Every address of the back office: who may enter it, and what its words name.

A new address needs a row; test_walk.py fails without one and walks it with one.
"""

from marketplace.dashboard import urls
from tests.marketplace.dashboard.walking.names import ANYBODY
from tests.marketplace.dashboard.walking.rows import ROWS
from tests.marketplace.dashboard.walking.world import SEATS, WUCHUAN, World, member_of

__all__ = ["ANYBODY", "PATTERNS", "ROWS", "SEATS", "WUCHUAN", "World", "member_of"]


def walk(patterns):
    for pattern in patterns:
        yield from walk(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


PATTERNS = {pattern.name: pattern for pattern in walk(urls.urlpatterns)}
