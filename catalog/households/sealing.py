"""What is kept encrypted: written and read here alone, and shown by nothing by accident.

Keys stand in the setting HOUSEHOLD_KEYS, the newest first: it seals, all of them open. A key is
replaced by putting a new one before it, sealing every row anew (`manage.py reseal_households`),
and taking the old one away. HOUSEHOLD_INDEX_KEY makes the digests by which a number is found
without being read.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression

HIDDEN = "••••"


class Sealed:
    """An encrypted text. Printing, logging or rendering it shows dots; `open` tells it."""

    __slots__ = ("token",)

    def __init__(self, token: str) -> None:
        self.token = token

    def __repr__(self) -> str:
        return HIDDEN

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self.token == other.token

    def __hash__(self) -> int:
        return hash(self.token)

    def open(self) -> str:
        """Raises cryptography.fernet.InvalidToken when no key of ours has sealed it."""
        return fernet(tuple(settings.HOUSEHOLD_KEYS)).decrypt(self.token.encode()).decode()

    def resealed(self) -> "Sealed":
        """The same text under the newest key; itself when that has sealed it."""
        token = self.token.encode()
        if is_newest(token):
            return self
        return Sealed(fernet(tuple(settings.HOUSEHOLD_KEYS)).rotate(token).decode())


def seal(text: str) -> Sealed:
    return Sealed(seal_bytes(text.encode()).decode())


def seal_bytes(data: bytes) -> bytes:
    return fernet(tuple(settings.HOUSEHOLD_KEYS)).encrypt(data)


def open_bytes(token: bytes) -> bytes:
    return fernet(tuple(settings.HOUSEHOLD_KEYS)).decrypt(token)


def reseal_bytes(token: bytes) -> bytes:
    return token if is_newest(token) else fernet(tuple(settings.HOUSEHOLD_KEYS)).rotate(token)


def is_newest(token: bytes) -> bool:
    """Whether the key that seals today has sealed it."""
    try:
        fernet((settings.HOUSEHOLD_KEYS[0],)).decrypt(token)
    except InvalidToken:
        return False
    return True


def digest(text: str) -> str:
    """The same for the same text, and useless to whoever has not the key: 64 hexadecimal digits."""
    key = settings.HOUSEHOLD_INDEX_KEY.encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


class SealedField(models.TextField):
    """Keeps a Sealed; takes nothing else, so that no plain text can be stored by mistake."""

    def from_db_value(
        self, value: str | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> Sealed | None:
        return None if value is None else Sealed(value)

    def to_python(self, value: object) -> Sealed | None:
        return value if value is None or isinstance(value, Sealed) else seal(str(value))

    def get_prep_value(self, value: object) -> str | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is kept sealed")
        return value.token
