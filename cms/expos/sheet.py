"""What the pages of one fair show beside the words of their editors.

Each kind of row is read at its first use and in one query, however long the lists are.
"""

from dataclasses import dataclass
from functools import cached_property

from cms.blocks.fair_facts import FairFacts
from cms.expos.sign_up import SignUpForm, sign_up_form
from marketplace.fairs.models import Booth, Exhibitor, FairOrganisation, Zone


@dataclass(frozen=True)
class Stand:
    """A booth on the plan and who stands there."""

    number: str
    exhibitor: Exhibitor | None


@dataclass(frozen=True)
class Part:
    """Who has one of the parts in a fair: host, co-host, carried out by."""

    key: str
    role: str
    names: list[str]


class FairSheet(FairFacts):
    """All that its own pages tell of a fair, too."""

    @cached_property
    def sign_up_form(self) -> SignUpForm:
        return sign_up_form(self.fair)

    @cached_property
    def exhibitors(self) -> list[Exhibitor]:
        """Those accepted, in the order of their booths; who has none yet comes last."""
        return list(Exhibitor.objects.on_show(self.fair, self.day))

    @cached_property
    def booths(self) -> list[Booth]:
        booths = Booth.objects.filter(fair=self.fair).select_related("zone")
        return list(booths.order_by("zone__sort_order", "zone__code", "number"))

    @property
    def zones(self) -> list[Zone]:
        """Those with booths."""
        return list({booth.zone_id: booth.zone for booth in self.booths}.values())

    @cached_property
    def plan(self) -> list[tuple[Zone, list[Stand]]]:
        """Every zone with its booths, and who stands at each."""
        standing = {one.booth_number: one for one in self.exhibitors if one.booth_number}
        return [
            (
                zone,
                [
                    Stand(booth.number, standing.get(booth.number))
                    for booth in self.booths
                    if booth.zone_id == zone.pk
                ],
            )
            for zone in self.zones
        ]

    @property
    def signed_up(self) -> int:
        entries = (each for each in self.sessions if each.is_entry)
        return sum(each.taken for each in entries)

    @cached_property
    def parts(self) -> list[Part]:
        rows = FairOrganisation.objects.filter(fair=self.fair).select_related("organisation")
        by_role: dict[str, list[str]] = {role: [] for role in FairOrganisation.Role.values}
        for row in rows.order_by("sort_order", "pk"):
            by_role[row.role].append(row.organisation.name_text)
        labels = dict(FairOrganisation.Role.choices)
        return [Part(role, str(labels[role]), names) for role, names in by_role.items() if names]

    @property
    def hosts(self) -> list[str]:
        hosting = (part for part in self.parts if part.key == FairOrganisation.Role.HOST)
        return [name for part in hosting for name in part.names]
