"""The register as it stands, for tests that something is refused."""

import pytest

from catalog.households.models import Household, RegisterStep, Reveal, Standing


@pytest.fixture
def register():
    """All its rows, to be held beside those of later; without the traces of numbers that were
    typed in again, which a refusal leaves."""

    def rows() -> list[list[dict]]:
        steps = RegisterStep.objects.exclude(kind="tried")
        kept = (Household.objects.all(), Standing.objects.all(), Reveal.objects.all(), steps)
        return [list(rows.order_by("pk").values()) for rows in kept]

    return rows
