"""What a proposal would change, piece by piece."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Category, Product
from catalog.origins.models import Region
from marketplace.listings.content import FIELDS, Content
from marketplace.listings.models import Proposal
from marketplace.listings.problems import label_of
from marketplace.pictures import Picture

# Sentences and half-sentences: what a person sees as one change.
PIECES = re.compile(r"[^。！？；，,.!?;\n]*[。！？；，,.!?;\n]+|[^。！？；，,.!?;\n]+")
SAME, GONE, NEW = "same", "gone", "new"


class Piece(NamedTuple):
    sort: str
    text: str


@dataclass(frozen=True)
class TextRow:
    label: str
    pieces: list[Piece]


class PictureRow(NamedTuple):
    picture: Picture | None
    sort: str

    @property
    def label(self) -> str:
        words = {SAME: _("stays"), GONE: _("goes"), NEW: pgettext("picture", "new")}
        return words[self.sort]


def text_rows(proposal: Proposal) -> list[TextRow]:
    """Of a new good every text that there is, of a change only what differs."""
    before = {} if proposal.is_new else proposal.before
    rows = []
    for name in FIELDS:
        old, new = said(name, before), said(name, proposal.content)
        if old != new:
            rows.append(TextRow(label_of(name), compare(old, new)))
    rows += [
        TextRow(_("Pack %(number)s") % {"number": number}, [Piece(NEW, pack_words(pack))])
        for number, pack in enumerate(proposal.content.get("packs", ()), start=1)
    ]
    if proposal.is_new:
        rows = [
            TextRow(row.label, [Piece(SAME, piece.text) for piece in row.pieces]) for row in rows
        ]
    return rows


def compare(old: str, new: str) -> list[Piece]:
    left, right = PIECES.findall(old), PIECES.findall(new)
    pieces: list[Piece] = []
    for sort, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if sort == "equal":
            pieces.append(Piece(SAME, "".join(left[a:b])))
            continue
        pieces += [
            Piece(kind, text)
            for kind, text in ((GONE, "".join(left[a:b])), (NEW, "".join(right[c:d])))
            if text
        ]
    return pieces


def said(name: str, content: Content) -> str:
    """A value as a person reads it."""
    value = content.get(name)
    if value in (None, "", []):
        return ""
    if name == "category":
        shelf = Category.objects.filter(pk=value).first()
        return shelf.name_text if shelf else ""
    if name == "township":
        place = Region.objects.filter(pk=value).first()
        return place.name_text if place else ""
    if name == "storage":
        return str(dict(Product._meta.get_field("storage").choices).get(value, ""))
    if name == "season_months":
        return _("Months: %(months)s") % {"months": " ".join(map(str, sorted(value)))}
    return str(value)


def pack_words(pack: dict) -> str:
    return _("%(title)s, ¥%(price)s, %(stock)s packs, from %(least)s upwards") % {
        "title": pack["title"],
        "price": pack["price"],
        "stock": pack["stock"],
        "least": pack["minimum_quantity"],
    }


def picture_rows(proposal: Proposal) -> list[PictureRow]:
    """Those of the proposal in their order, then the live ones that go."""
    pictures = list(proposal.pictures.all())
    rows = [PictureRow(each.picture, SAME if each.image_id else NEW) for each in pictures]
    if proposal.product is None or proposal.state not in ("draft", "submitted", "returned"):
        return rows
    kept = {each.image_id for each in pictures}
    gone = [image for image in proposal.product.live_images if image.pk not in kept]
    return rows + [PictureRow(image.picture, GONE) for image in gone]
