"""A proposal's moves, and what a refused one has left as it was."""

import pytest
from django.db import transaction
from django.utils.translation import override

from catalog.models import Product
from catalog.papers.models import Paper
from marketplace.listings import services
from marketplace.listings.models import Proposal, ProposalStep
from marketplace.partner.models import StockRecord
from tests.marketplace.buying import NOW, in_english


def approve(proposal, by=None, seen=None):
    return services.approve(proposal_id=proposal.pk, seen=seen or proposal.version, by=by, now=NOW)


def sent(proposal):
    """As it is now, with the market."""
    proposal.refresh_from_db()
    return services.submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)


def everything() -> list:
    """All that a refusal must leave as it is."""
    models = (Proposal, ProposalStep, Product, StockRecord, Paper)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refused(kind, act):
    before = everything()
    with override("en"), pytest.raises(kind) as caught, transaction.atomic():
        act()
    assert everything() == before
    return in_english(caught.value)
