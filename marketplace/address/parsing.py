"""Reading a pasted address: a proposal for the form's fields, never more than that."""

import re
import unicodedata
from typing import NamedTuple

from marketplace.address.gazetteer import Gazetteer

LONGEST_TEXT, LONGEST_NAME, LONGEST_DETAIL = 500, 30, 100
MOBILE = re.compile(r"(?<![0-9])(?:\+?86|0086)?[\s-]{0,2}(1[3-9][0-9](?:[\s-]?[0-9]){8})(?![0-9])")
NAME_LABELS = "收货人姓名|收货人|收件人|联系人|姓名|名字|recipient|name"
OTHER_LABELS = (
    "手机号码|手机号|手机|联系电话|联系方式|电话号码|电话|mobile|phone|tel|邮政编码|邮编|"
    "所在地区|省市区|收货地址|收件地址|详细地址|街道地址|所在地址|地区|地址|address"
)
LABEL = re.compile(rf"(?:(?P<name>{NAME_LABELS})|{OTHER_LABELS})\s*:", re.IGNORECASE)
SEPARATOR = re.compile(r"[,;、|\n]+|(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
HAN = "[\u4e00-\u9fff]"
NAME = re.compile(rf"{HAN}{{2,4}}|{HAN}{{1,8}}[·.]{HAN}{{1,8}}|[A-Za-z][A-Za-z .'-]{{1,28}}")
NOT_A_NAME = re.compile("[路街道巷号楼室区县市镇乡村院座层园里弄栋]$")
COURTESY = re.compile(r"(?:\(?收\)?)$")
POSTCODE = re.compile("[0-9]{6}")


class Proposal(NamedTuple):
    """What could be read; "" for what could not. `region_code` may stop above the street."""

    recipient: str = ""
    mobile: str = ""
    region_code: str = ""
    detail: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """By the names of the address form's fields, the place aside."""
        return {"recipient": self.recipient, "mobile": self.mobile, "detail": self.detail}

    @property
    def found_something(self) -> bool:
        return bool(self.region_code or self.mobile)


class Piece(NamedTuple):
    """A part of the text between separators, and whether a label calls it a name."""

    is_name: bool
    text: str


def parse_address(text: str) -> Proposal:
    """Any order of name, number and place, with or without labels and separators.

    A place that two regions could be (朝阳区 without a province) is left open and stays in the
    detail, so that nothing typed is lost.
    """
    return read_proposal(text, Gazetteer.load())


def read_proposal(text: str, gazetteer: Gazetteer) -> Proposal:
    text, mobile = take_mobile(tidy(text))
    pieces = pieces_of(text)
    names = [piece.text for piece in pieces if piece.is_name]
    rest = [piece.text for piece in pieces if not piece.is_name]
    code, before, inside, after = take_place(rest, gazetteer)
    recipient = COURTESY.sub("", names[0]) if names else ""
    if not recipient:
        recipient, before, after = take_name(before, after)
    detail = joined([*inside, *after, *before])
    return Proposal(recipient[:LONGEST_NAME], mobile, code, detail[:LONGEST_DETAIL].strip())


def tidy(text: str) -> str:
    """Half-width, without control characters; line ends stay, for they part the pieces."""
    text = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
    return "".join(
        " " if unicodedata.category(sign)[0] == "C" and sign != "\n" else sign for sign in text
    )


def take_mobile(text: str) -> tuple[str, str]:
    """The text without its first mobile number, and that number's eleven digits."""
    found = MOBILE.search(text)
    if found is None:
        return text, ""
    return f"{text[: found.start()]}\n{text[found.end() :]}", re.sub("[^0-9]", "", found[1])


def pieces_of(text: str) -> list[Piece]:
    """Parted at labels and separators; only a name's label says something of the next piece."""
    marks = [(0, 0, ""), *((m.start(), m.end(), m.lastgroup) for m in LABEL.finditer(text))]
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    pieces = []
    for (_, begin, label), end in zip(marks, ends, strict=True):
        parts = [part.strip(" .:-") for part in SEPARATOR.split(text[begin:end])]
        parts = [part for part in parts if part and not POSTCODE.fullmatch(part)]
        is_name = label == "name"
        pieces += [Piece(is_name and not number, part) for number, part in enumerate(parts)]
    return pieces


def take_place(
    parts: list[str], gazetteer: Gazetteer
) -> tuple[str, list[str], list[str], list[str]]:
    """The deepest region that begins any of the parts; then the parts before it, what is left
    of the part in which it ends, and those behind."""
    best = None
    for number in range(len(parts)):
        text = "\n".join(parts[number:]).removeprefix("中国")
        place, end = gazetteer.read(text)
        if place and (best is None or place.level > best[0].level):
            best = place, number, text[end:]
    if best is None:
        return "", [], [], parts
    place, number, left = best
    begun = left.startswith("\n") or not left
    behind = [part.strip(" .:-") for part in left.split("\n") if part.strip(" .:-")]
    return place.code, parts[:number], behind[: not begun], behind[not begun :]


def take_name(before: list[str], after: list[str]) -> tuple[str, list[str], list[str]]:
    """The first part that reads like a name, and the other parts without it."""
    for number, part in enumerate([*before, *after]):
        name = COURTESY.sub("", part)
        if NAME.fullmatch(name) and not NOT_A_NAME.search(name):
            cut = number - len(before)
            if cut < 0:
                return name, before[:number] + before[number + 1 :], after
            return name, before, after[:cut] + after[cut + 1 :]
    return "", before, after


def joined(parts: list[str]) -> str:
    """One line; a space only where two words in Latin letters would run together."""
    text = " ".join(parts)
    return re.sub(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", text)
