"""Seats that share rooms, and what of the world the converters of addresses name."""

from collections.abc import Callable
from typing import NamedTuple

from marketplace.search.models import SynonymGroup
from marketplace.shipping.models import Tariff
from tests.factories.assistance import mode_of
from tests.factories.recognitions import recognised, scheme_of
from tests.factories.reports import export_of
from tests.marketplace.dashboard.walking.world import SEATS, WUCHUAN, World
from tests.marketplace.settlement.trade import statement_of


class Row(NamedTuple):
    """Whose seats may enter the address; by its converters, what of the world they name."""

    seats: frozenset[str]
    names: dict[str, Callable[[World], object]] = {}


OPERATOR = frozenset({"operator"})
COUNTY = frozenset({"county"})
OWNER = frozenset({"owner"})
CLERKS = frozenset({"owner", "clerk"})
MONEY = frozenset({"owner", "accountant"})
MEMBERS = frozenset({"owner", "clerk", "accountant"})
APPLICANT = frozenset({"applicant"})
ANYBODY = frozenset(SEATS)

ORDER = {"number": lambda world: world.order.number}
TARIFF = {
    "zone": lambda world: Tariff.objects.order_by("pk").first().zone.slug,
    "storage": lambda world: Tariff.objects.order_by("pk").first().storage,
}
OURS = {"cooperative": lambda world: world.ours.slug}
OUR_PARCEL = {**OURS, "pk": lambda world: world.parcel.pk}
OUR_LOT = {**OURS, "code": lambda world: world.lot.code}
OUR_MONTH = {
    **OURS,
    "year": lambda world: statement_of(world.ours).month.year,
    "month": lambda world: statement_of(world.ours).month.month,
}
OUR_GOOD = {**OURS, "pk": lambda world: world.good.pk}
ANY_GOOD = {"pk": lambda world: world.good.pk}
OUR_FAIR = {**OURS, "pk": lambda world: world.exhibitor.fair_id}
OUR_PROPOSAL = {**OURS, "pk": lambda world: world.proposal.pk}
GOOD_PAPER = {
    "pk": lambda world: world.good_paper.proposal_id,
    "paper": lambda world: world.good_paper.pk,
}
OUR_COUNTY = {"county": lambda world: WUCHUAN}
OUR_HOUSEHOLD = {**OUR_COUNTY, "code": lambda world: world.household.code}
APPLIED = {"pk": lambda world: world.application.pk}
THEIR_PAPER = {**APPLIED, "paper": lambda world: world.application.papers.get().pk}
SHEET = {**APPLIED, "sheet": lambda world: world.application.recommendations.get().pk}
DECISION = {**APPLIED, "decision": lambda world: "return"}
LICENCE = {"pk": lambda world: world.licence.pk}
SPECIALTY = {"pk": lambda world: world.good.specialty_id}
AGREEMENT = {"number": lambda world: world.agreement.number}
COUNTYS_AGREEMENT = {"county": lambda world: WUCHUAN, **AGREEMENT}
RECORD = {"number": lambda world: world.record.number}
COUNTYS_RECORD = {"county": lambda world: WUCHUAN, **RECORD}
EVIDENCE = {"pk": lambda world: world.record.evidence.get().pk}
RECOGNISED = {"pk": lambda world: recognised(scheme_of("832"), world.ours).pk}
SCHEME = {"code": lambda world: "832"}
GROUP = {"pk": lambda world: SynonymGroup.objects.order_by("pk").first().pk}
A_MODE = {"table": lambda world: "modes", "pk": lambda world: mode_of().pk}
A_BATCH = {"pk": lambda world: world.batch.pk}
A_PLAN = {"pk": lambda world: world.plan.pk}
COUNTYS_EXPORT = {**OUR_COUNTY, "pk": lambda world: export_of(world.plan, WUCHUAN).pk}
