"""An editor's change of synonyms counts from the next search on."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from marketplace.search.models import SynonymGroup
from marketplace.search.synonyms import forget_synonyms


@receiver([post_save, post_delete], sender=SynonymGroup)
def forget_changed_synonyms(**kwargs: Any) -> None:
    """At once for this transaction, and after it against a reader who kept the old ones."""
    forget_synonyms()
    transaction.on_commit(forget_synonyms)
