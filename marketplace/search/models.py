"""Words that mean the same to a shopper, kept as data an editor can change."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SynonymGroup(models.Model):
    """Words separated by spaces; a search for one finds goods that bear any of them."""

    words = models.CharField(
        _("Words"), max_length=300, unique=True, help_text=_("Separate the words by spaces.")
    )

    class Meta:
        verbose_name = _("Synonyms")
        verbose_name_plural = _("Synonyms")

    def __str__(self) -> str:
        return self.words
