"""Files that name households or bear their signatures: kept sealed, as the register is.

A signed list sets pseudonyms beside signatures; whoever copies the store must not read it. The
whole of a file is in memory while it is sealed or opened, and it is small: 10 MB at most.
"""

import uuid
from pathlib import PurePosixPath

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from catalog.households.sealing import is_newest, open_bytes, reseal_bytes, seal_bytes
from marketplace.uploads import private_storage


class SealedStorage(Storage):
    """What is saved in the store within is sealed; what is opened is the content."""

    def __init__(self, within: Storage) -> None:
        self.within = within

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("A sealed file is only read, and whole.")
        return ContentFile(open_bytes(self.token_of(name)), name=name)

    def _save(self, name: str, content: File) -> str:
        return self.keep(name, seal_bytes(b"".join(content.chunks())))

    def delete(self, name: str) -> None:
        self.within.delete(name)

    def exists(self, name: str) -> bool:
        return self.within.exists(name)

    def size(self, name: str) -> int:
        """Of the content."""
        return len(open_bytes(self.token_of(name)))

    def resealed(self, name: str) -> str:
        """The name of the same content under the newest key: a new file beside the old one, for
        no store puts one in the place of another at once. Itself when that key has sealed it."""
        token = self.token_of(name)
        if is_newest(token):
            return name
        old = PurePosixPath(name)
        return self.keep(f"{old.parent}/{uuid.uuid4().hex}{old.suffix}", reseal_bytes(token))

    def token_of(self, name: str) -> bytes:
        with self.within.open(name, "rb") as file:
            return file.read()

    def keep(self, name: str, token: bytes) -> str:
        return self.within.save(name, ContentFile(token))


def sealed_storage() -> SealedStorage:
    """Where signed pages and evidence lie: a view opens them, to those who may see them."""
    return SealedStorage(private_storage())
