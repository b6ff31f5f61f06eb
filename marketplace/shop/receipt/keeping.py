"""Pictures of receipts, kept for an hour under what they show; drawn by the worker when missing.

Kept where the pages are, and not in a store: there is nothing to tidy up, and whoever comes back
later has it drawn again.
"""

from django.core.cache import cache

from marketplace.shop.receipt.poster import Poster

SECONDS = 3600
# A picture that was asked for is not asked for again so soon: somebody is drawing it.
ASKED_SECONDS = 20


def name_of(poster: Poster) -> str:
    return f"receipt:{poster.key}"


def has_picture(poster: Poster) -> bool:
    return cache.has_key(name_of(poster))


def find_picture(poster: Poster) -> bytes | None:
    return cache.get(name_of(poster))


def keep_picture(poster: Poster, picture: bytes) -> None:
    cache.set(name_of(poster), picture, SECONDS)


def is_to_be_drawn(poster: Poster) -> bool:
    """Whether it is missing and nobody was asked just now; then the caller asks."""
    if has_picture(poster):
        return False
    return cache.add(f"{name_of(poster)}:asked", True, ASKED_SECONDS)
