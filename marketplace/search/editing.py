"""Writing groups of words that mean the same to a shopper."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.search.models import SynonymGroup
from marketplace.search.words import PIECES, normalise, singular

MOST_WORDS, LONGEST_WORD, MOST_CHARACTERS = 12, 20, 300
BETWEEN = re.compile(r"[\s,，、;；/]+")


@transaction.atomic
def write_synonyms(*, group_id: int | None, text: str) -> tuple[SynonymGroup, str]:
    """Add a group, or change one; returns it and its words before, "" of a new one.

    Groups are written one at a time: all of them are locked while this one is compared with
    the others. Raises ValidationError by field; SynonymGroup.DoesNotExist.
    """
    words = words_in(text)
    groups = {one.pk: one for one in SynonymGroup.objects.select_for_update().order_by("pk")}
    if group_id is not None and group_id not in groups:
        raise SynonymGroup.DoesNotExist
    group = groups.pop(group_id, None) or SynonymGroup()
    check_others(words, groups.values())
    before, group.words = group.words, " ".join(words)
    group.save()
    return group, before


@transaction.atomic
def remove_synonyms(*, group_id: int) -> SynonymGroup | None:
    """Take the group away; None when there is none any more."""
    group = SynonymGroup.objects.select_for_update().filter(pk=group_id).first()
    if group is not None:
        group.delete()
    return group


def words_in(text: str) -> list[str]:
    """The words as typed, each once. Raises ValidationError.

    A single character is found in too many goods to be another word for anything, and what a
    search would take apart can be no word of a group.
    """
    typed = [word for word in BETWEEN.split(text) if word]
    words = list({read_word(word): word for word in reversed(typed)}.values())[::-1]
    if len(words) < 2:
        raise refused(_("Please write at least two different words, with spaces between them."))
    if len(words) > MOST_WORDS or len(" ".join(words)) > MOST_CHARACTERS:
        raise refused(_("At most %(most)s words in one group.") % {"most": MOST_WORDS})
    return words


def read_word(word: str) -> str:
    """As a search reads it."""
    pieces = PIECES.findall(normalise(word))
    if len(pieces) != 1 or len(pieces[0]) != len(normalise(word)):
        words = _("“%(word)s” is not one word of Chinese characters, or of letters and figures.")
        raise refused(words % {"word": word[:LONGEST_WORD]})
    if not 2 <= len(pieces[0]) <= LONGEST_WORD:
        words = _("“%(word)s”: a word has 2 to %(most)s characters.")
        raise refused(words % {"word": word[:LONGEST_WORD], "most": LONGEST_WORD})
    return singular(pieces[0])


def check_others(words: Iterable[str], groups: Iterable[SynonymGroup]) -> None:
    """Two words that stand together in another group say the same twice."""
    mine = {read_word(word) for word in words}
    for group in groups:
        if len(mine & {singular(word) for word in PIECES.findall(normalise(group.words))}) > 1:
            said = _("Another group has two of these words already: %(words)s. Please change it.")
            raise refused(said % {"words": group.words})


def refused(words: str) -> ValidationError:
    return ValidationError({"words": words})
