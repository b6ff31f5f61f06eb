"""Figures that an editor may not type: what is said of assistance comes from published batches.

A typed figure has a source and a day, yet nobody could recompute it, and it might tell of three
households. So a section of typed figures must not speak of households or of what they earned; the
section of assistance figures shows those that are published.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import Block

from catalog.claims import simplified
from cms.blocks.figures import FigureBlock, FiguresBlock

# 户 as in 406 户, not as in 用户 or 户外.
HOUSEHOLDS = re.compile(r"(?<![用客账帐门窗商])户(?![外口型头])")
ASSISTANCE = re.compile(
    "帮扶|增收|带动|脱贫|扶贫|受益|低收入|分红|务工|工钱|助农"
    r"|\b(?:household|assist|poverty|benefit|beneficiar|dividend|wage)",
)


def own_faults(block: Block, value: Mapping[str, Any]) -> dict[str, ValidationError]:
    """By the field beside which the words stand; of other kinds of blocks none."""
    if isinstance(block, FigureBlock):
        said = [value.get(name) or "" for name in ("number", "unit", "label", "source")]
        return refusal("label") if tells_of_assistance(said) else {}
    if isinstance(block, FiguresBlock):
        said = [value.get(name) or "" for name in ("title", "lead")]
        return refusal("title") if tells_of_assistance(said) else {}
    return {}


def tells_of_assistance(texts: list[str]) -> bool:
    plain = simplified(unicodedata.normalize("NFKC", " ".join(texts))).casefold()
    return bool(HOUSEHOLDS.search(plain) or ASSISTANCE.search(plain))


def refusal(field: str) -> dict[str, ValidationError]:
    words = _(
        "Figures of households and of assistance are not typed: take the section “Assistance in"
        " figures”, which shows the published ones."
    )
    return {field: ValidationError(words)}
