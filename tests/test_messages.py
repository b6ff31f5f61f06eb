"""Every interface string has its Chinese, and what is compiled is what is written."""

import gettext
import re
from io import BytesIO

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import templatize

FOLDER = settings.BASE_DIR / "marketplace" / "locale" / "zh_Hans" / "LC_MESSAGES"
ROOTS = [settings.BASE_DIR / name for name in ("marketplace", "catalog", "cms")]
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_n": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip


def catalogue():
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="zh_Hans")


def used_messages():
    """(file, message id) of each translatable string in Python and templates."""
    for root in ROOTS:
        for path in [*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]:
            if "migrations" in path.parts:
                continue
            source = path.read_text(encoding="utf-8")
            if path.suffix != ".py":
                lines = templatize(source, origin=str(path)).splitlines()
                source = "\n".join(line.strip() for line in lines)
            found = extract("python", BytesIO(source.encode()), keywords=KEYWORDS)
            for _line, message, _comments, context in found:
                yield path.relative_to(settings.BASE_DIR), message, context


def test_every_message_used_is_translated():
    known = catalogue()
    missing = []
    for path, message, context in used_messages():
        key = message[0] if isinstance(message, tuple) else message
        entry = known.get(key, context)
        translated = (
            entry
            and not entry.fuzzy
            and all([entry.string] if isinstance(entry.string, str) else entry.string)
        )
        if not translated:
            missing.append(f"{path}: {key}")
    assert missing == []


def test_translations_go_by_names_under_which_they_are_collected():
    for root in ROOTS:
        for path in root.rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            names = re.findall(r"\bn?p?gettext\w* as (\w+)", source)
            assert set(names) <= KEYWORDS.keys(), path


def test_the_compiled_catalogue_is_that_of_the_written_one():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in catalogue():
        if not entry.id or entry.fuzzy:
            continue
        if isinstance(entry.id, tuple):
            assert compiled.ngettext(*entry.id, 2) == entry.string[0]
        elif entry.context:
            assert compiled.pgettext(entry.context, entry.id) == entry.string
        else:
            assert compiled.gettext(entry.id) == entry.string
