"""The page of one household: masked fields, as what it was registered, and who looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from catalog.households.masking import NOTHING, masked_fields
from catalog.households.models import Household, RegisterStep, Reveal, Standing
from marketplace.dashboard.households.listing import Row

LABELS = {**dict(Reveal.Field.choices), "township": pgettext_lazy("household", "Township")}


class Fact(NamedTuple):
    """A field, and what of it everybody at the desk may see."""

    field: str
    label: str
    masked: str


class Shown(NamedTuple):
    """What one person asked to see; it is on this one answer and nowhere else."""

    label: str
    text: str


class Step(NamedTuple):
    step: RegisterStep
    what: str


@dataclass(frozen=True)
class HouseholdPage:
    household: Household

    @property
    def row(self) -> Row:
        return Row(self.household)

    @cached_property
    def facts(self) -> list[Fact]:
        masked = masked_fields(self.household)
        return [Fact(field, str(LABELS[field]), masked[field]) for field in Household.SEALED]

    @property
    def known(self) -> list[tuple[str, str]]:
        """The fields that there is something to see of."""
        return [(fact.field, fact.label) for fact in self.facts if fact.masked != NOTHING]

    @property
    def standings(self) -> Iterable[Standing]:
        return self.household.standings.all()

    @cached_property
    def reveals(self) -> list[Reveal]:
        return list(self.household.reveals.select_related("by").order_by("-pk"))

    @cached_property
    def steps(self) -> list[Step]:
        steps = self.household.steps.select_related("by").order_by("-pk")
        return [Step(step, words_of(step)) for step in steps]


def words_of(step: RegisterStep) -> str:
    """Which fields, and why; the clock erases without a person and a reason."""
    if step.kind == RegisterStep.Kind.ERASED and not step.reason:
        return _("Three years after it left the register, by the clock")
    names = [str(LABELS.get(name, name)) for name in step.fields]
    return step.reason or _(", ").join(names)
