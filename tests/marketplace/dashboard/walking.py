"""Every address of the back office: who may enter it, and what its words name.

A new address needs a row here; test_walk.py fails without one and walks it with one.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from catalog.assistance.models import Agreement, AgreementFile, Batch, Record
from catalog.assistance.services import add_files
from catalog.households.models import Household
from catalog.models import Product, ProductPaper
from catalog.papers.models import Paper
from catalog.producers.invitations import Invitation, sign
from catalog.producers.models import AdmissionCounty, Application, Cooperative, Membership
from catalog.traceability.models import Lot
from marketplace.accounts.models import Posting, User
from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.aftersales.recalls import recall_lot
from marketplace.dashboard import urls
from marketplace.fairs.models import Exhibitor
from marketplace.listings.models import Proposal, ProposalPaper
from marketplace.listings.services import submit
from marketplace.order.models import Consignment, Order
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.partner.services import open_shelf
from marketplace.payment.models import Finding, Refund
from marketplace.reports.models import Plan
from marketplace.search.models import SynonymGroup
from marketplace.shipping.models import Tariff
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.admission import (
    add_a_licence,
    application_of,
    objection_to,
    recommended,
)
from tests.factories.assistance import (
    AT,
    agreement_of,
    clerk_of_county,
    confirmed,
    mode_of,
    record_of,
    returned,
    slip_photo,
)
from tests.factories.fairs import ExhibitorFactory, FairFactory
from tests.factories.households import import_into, make_household
from tests.factories.listings import draft_of, import_of, proposed_paper, ready, submitted
from tests.factories.lots import lot_of, packed, paper_of
from tests.factories.offers import offer_of, voucher_of
from tests.factories.recognitions import recognised, scheme_of
from tests.factories.reports import batch_of, export_of, plan_of
from tests.marketplace.buying import DAY, NOW, order_for
from tests.marketplace.dashboard.conftest import BEGINNING, OUTSIDERS, posted, somebody
from tests.marketplace.dashboard.money import failed, finding, give_back, with_money
from tests.marketplace.packing import parcel_for
from tests.marketplace.settlement.trade import (
    account_of,
    bank_file_of,
    payout_of,
    statement_of,
)

WUCHUAN, QINGSHUIHE = "150125", "150124"


def member_of(cooperative: Cooperative, role: str, name: str) -> User:
    user = somebody(name)
    Membership.objects.create(user=user, cooperative=cooperative, role=role, begins_on=BEGINNING)
    return user


class World:
    """Two cooperatives of which the second wants to see what is the first one's."""

    def __init__(self):
        self.ours, self.theirs = CooperativeFactory(), CooperativeFactory()

    @cached_property
    def order(self) -> Order:
        return order_for(ProductFactory(cooperative=self.ours))

    @cached_property
    def refund(self) -> Refund:
        return failed(give_back(with_money(ProductFactory(cooperative=self.ours))))

    @cached_property
    def parcel(self) -> Consignment:
        return parcel_for(ProductFactory(cooperative=self.ours))

    @cached_property
    def applicant(self) -> User:
        return somebody("applicant")

    @cached_property
    def application(self) -> Application:
        """Recommended by Wuchuan, with a paper and the stamped sheet."""
        return recommended(application_of(self.applicant))

    @cached_property
    def licence(self) -> Paper:
        return add_a_licence(self.ours)

    @cached_property
    def good(self) -> Product:
        return ProductFactory(cooperative=self.ours)

    @cached_property
    def household(self) -> Household:
        return make_household(WUCHUAN)

    @cached_property
    def post(self) -> Posting:
        posted("poster", "county_confirmer", WUCHUAN)
        return Posting.objects.get(user__email="poster@example.com")

    @cached_property
    def certificate(self) -> ProductPaper:
        paper = paper_of("organic_certificate")
        return ProductPaper.objects.create(product=self.good, paper=paper)

    @cached_property
    def proposal(self) -> Proposal:
        return draft_of(self.ours)

    @cached_property
    def good_paper(self) -> ProposalPaper:
        """Of a proposal that is with the market."""
        proposal = ready(self.ours)
        paper = proposed_paper(proposal)
        proposal.refresh_from_db()
        submit(proposal_id=proposal.pk, seen=proposal.version, by=None, now=NOW)
        return paper

    @cached_property
    def lot_paper(self) -> Paper:
        """Without its photo."""
        paper = paper_of("test_report")
        self.lot.papers.add(paper)
        return paper

    @cached_property
    def stock(self) -> StockRecord:
        return self.order.lines.get().stockrecord

    @cached_property
    def lot(self) -> Lot:
        return lot_of(self.order.lines.get().product.parent, "WALK-1")

    @cached_property
    def recall(self) -> Recall:
        packed(self.order.lines.get(), self.lot)
        return recall_lot(lot_id=self.lot.pk, reason="x", packs={}, by=None, now=NOW, today=DAY)

    @cached_property
    def exhibitor(self) -> Exhibitor:
        """Of a fair that was taken back from the public."""
        return ExhibitorFactory(fair=FairFactory(state="draft"), cooperative=self.ours)

    @cached_property
    def agreement(self) -> Agreement:
        return agreement_of(self.ours)

    @cached_property
    def page(self) -> AgreementFile:
        signed = {"agreement_id": self.agreement.pk, "by": clerk_of_county(), "now": AT}
        add_files(**signed, files=[slip_photo()])
        return self.agreement.files.get()

    @cached_property
    def record(self) -> Record:
        """Waits for the county."""
        return record_of(self.agreement)

    @cached_property
    def batch(self) -> Batch:
        return batch_of(cutoff=NOW, state="ready")

    @cached_property
    def plan(self) -> Plan:
        return plan_of()

    @cached_property
    def notice(self) -> RecallNotice:
        return self.recall.notices.get()


SEATS: dict[str, Callable[[World], User]] = {
    "operator": lambda world: posted("operator", "operator"),
    "county": lambda world: posted("county", "county_confirmer", WUCHUAN),
    "owner": lambda world: member_of(world.ours, "owner", "owner"),
    "clerk": lambda world: member_of(world.ours, "clerk", "clerk"),
    "accountant": lambda world: member_of(world.ours, "accountant", "accountant"),
    "applicant": lambda world: world.application.applicant,
    # Who is nobody here.
    "other county": lambda world: posted("other-county", "county_confirmer", QINGSHUIHE),
    "other owner": lambda world: member_of(world.theirs, "owner", "other-owner"),
    **{name: (lambda _, make=make: make()) for name, make in OUTSIDERS.items()},
}


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

ROWS = {
    "home": Row(OPERATOR | COUNTY | MEMBERS | APPLICANT | {"other county", "other owner"}),
    "orders": Row(OPERATOR),
    "order": Row(OPERATOR, ORDER),
    "cancel": Row(OPERATOR, ORDER),
    "refund": Row(OPERATOR, ORDER),
    "packing": Row(OPERATOR, ORDER),
    "packing_one": Row(OPERATOR, {**ORDER, "pk": lambda world: world.order.consignments.get().pk}),
    "delivered": Row(OPERATOR, {**ORDER, "pk": lambda world: world.order.consignments.get().pk}),
    "payments": Row(OPERATOR),
    "compare": Row(OPERATOR),
    "finding": Row(OPERATOR, {"pk": lambda world: found().pk}),
    "refunds": Row(OPERATOR),
    "refund_again": Row(OPERATOR, {"pk": lambda world: world.refund.pk}),
    "messages": Row(OPERATOR),
    "message": Row(OPERATOR, {"pk": lambda world: message_about(world.order)}),
    "delivery": Row(OPERATOR),
    "tariff": Row(OPERATOR, TARIFF),
    "tariff_remove": Row(OPERATOR, TARIFF),
    "offers": Row(OPERATOR),
    "voucher_new": Row(OPERATOR),
    "offer_new": Row(OPERATOR),
    "voucher_end": Row(OPERATOR, {"pk": lambda world: voucher_of("WALK").pk}),
    "offer_end": Row(OPERATOR, {"pk": lambda world: offer_of().pk}),
    "stock": Row(OPERATOR),
    "pack": Row(OPERATOR, {"pk": lambda world: world.stock.pk}),
    "recalls": Row(OPERATOR),
    "recall_new": Row(OPERATOR, {"code": lambda world: world.lot.code}),
    "recall": Row(OPERATOR, {"pk": lambda world: world.recall.pk}),
    "recall_done": Row(
        OPERATOR,
        {"pk": lambda world: world.recall.pk, "notice": lambda world: world.notice.pk},
    ),
    "coop_lots": Row(CLERKS, OURS),
    "coop_lot_new": Row(CLERKS, OURS),
    "coop_lot": Row(CLERKS, OUR_LOT),
    "coop_lot_event": Row(CLERKS, OUR_LOT),
    "coop_lot_paper": Row(CLERKS, OUR_LOT),
    "coop_lot_paper_file": Row(CLERKS, {**OUR_LOT, "pk": lambda world: world.lot_paper.pk}),
    "coop_lot_release": Row(CLERKS, OUR_LOT),
    "coop_lot_label": Row(CLERKS, OUR_LOT),
    "coop_lot_recall": Row(OWNER, OUR_LOT),
    "apply": Row(ANYBODY),
    "apply_new": Row(ANYBODY),
    "application": Row(APPLICANT, APPLIED),
    "application_edit": Row(APPLICANT, APPLIED),
    "application_submit": Row(APPLICANT, APPLIED),
    "application_withdraw": Row(APPLICANT, APPLIED),
    "application_paper_new": Row(APPLICANT, APPLIED),
    "application_paper": Row(APPLICANT, THEIR_PAPER),
    "application_paper_remove": Row(APPLICANT, THEIR_PAPER),
    "admissions": Row(OPERATOR),
    "admission": Row(OPERATOR, APPLIED),
    "admission_paper": Row(OPERATOR, THEIR_PAPER),
    "admission_sheet": Row(OPERATOR, SHEET),
    "admission_decide": Row(OPERATOR, DECISION),
    "objection": Row(OPERATOR, {"pk": lambda world: objection_to(world.application).pk}),
    "admission_counties": Row(OPERATOR),
    "admission_county_new": Row(OPERATOR),
    "admission_county": Row(
        OPERATOR, {"pk": lambda world: AdmissionCounty.objects.get(region=WUCHUAN).pk}
    ),
    "county_admissions": Row(COUNTY, OUR_COUNTY),
    "county_admission": Row(COUNTY, {**OUR_COUNTY, **APPLIED}),
    "county_admission_paper": Row(COUNTY, {**OUR_COUNTY, **THEIR_PAPER}),
    "county_admission_sheet": Row(COUNTY, {**OUR_COUNTY, **SHEET}),
    "county_admission_decide": Row(COUNTY, {**OUR_COUNTY, **DECISION}),
    "county_agreements": Row(COUNTY, OUR_COUNTY),
    "county_agreement_new": Row(COUNTY, OUR_COUNTY),
    "county_agreement": Row(COUNTY, COUNTYS_AGREEMENT),
    "county_agreement_households": Row(COUNTY, COUNTYS_AGREEMENT),
    "county_agreement_remove": Row(COUNTY, {**COUNTYS_AGREEMENT, "position": lambda world: 1}),
    "county_agreement_end": Row(COUNTY, COUNTYS_AGREEMENT),
    "county_agreement_pages": Row(COUNTY, COUNTYS_AGREEMENT),
    "county_agreement_page": Row(COUNTY, {**COUNTYS_AGREEMENT, "pk": lambda world: world.page.pk}),
    "county_agreement_print": Row(COUNTY, COUNTYS_AGREEMENT),
    "county_records": Row(COUNTY, OUR_COUNTY),
    "county_record": Row(COUNTY, COUNTYS_RECORD),
    "county_record_file": Row(COUNTY, {**COUNTYS_RECORD, **EVIDENCE}),
    "county_record_decide": Row(COUNTY, {**COUNTYS_RECORD, "decision": lambda world: "return"}),
    "coop_assistance": Row(MONEY, OURS),
    "coop_agreement": Row(MONEY, {**OURS, **AGREEMENT}),
    "coop_record_new": Row(MONEY, {**OURS, **AGREEMENT}),
    "coop_record": Row(MONEY, {**OURS, **RECORD}),
    "coop_record_again": Row(
        MONEY, {**OURS, "number": lambda world: returned(world.record).number}
    ),
    "coop_record_counter": Row(
        MONEY, {**OURS, "number": lambda world: confirmed(world.record).number}
    ),
    "coop_record_file": Row(MONEY, {**OURS, **RECORD, **EVIDENCE}),
    "benefit_records": Row(OPERATOR),
    "benefit_record": Row(OPERATOR, RECORD),
    "county_papers": Row(COUNTY, OUR_COUNTY),
    "county_paper": Row(COUNTY, {**OUR_COUNTY, **LICENCE}),
    "all_papers": Row(OPERATOR),
    "any_paper": Row(OPERATOR, LICENCE),
    "papers": Row(MEMBERS, OURS),
    "paper_new": Row(CLERKS, OURS),
    "paper": Row(MEMBERS, {**OURS, **LICENCE}),
    "paper_remove": Row(CLERKS, {**OURS, **LICENCE}),
    "payouts": Row(OPERATOR),
    "payouts_all": Row(OPERATOR),
    "bank_file_new": Row(OPERATOR),
    "bank_file": Row(OPERATOR, {"pk": lambda world: bank_file_of(world.ours).pk}),
    "bank_account": Row(OPERATOR, {"pk": lambda world: account_of(world.ours).pk}),
    "payout": Row(OPERATOR, {"pk": lambda world: payout_of(world.ours).pk}),
    "coop_people": Row(OWNER, OURS),
    "coop_member": Row(OWNER, {**OURS, "pk": lambda world: hand_of(world.ours).pk}),
    "invitation": Row(frozenset({"consumer"}), {"token": lambda world: invitation_to(world.ours)}),
    "coop_money": Row(MONEY, OURS),
    "coop_account": Row(OWNER, OURS),
    "coop_statement": Row(MONEY, OUR_MONTH),
    "coop_statement_print": Row(MONEY, OUR_MONTH),
    "coop_statement_csv": Row(MONEY, OUR_MONTH),
    "county": Row(COUNTY, OUR_COUNTY),
    "households": Row(COUNTY, OUR_COUNTY),
    "household_find": Row(COUNTY, OUR_COUNTY),
    "household_new": Row(COUNTY, OUR_COUNTY),
    "household_looks": Row(COUNTY, OUR_COUNTY),
    "household_imports": Row(COUNTY, OUR_COUNTY),
    "household_sheet": Row(COUNTY, OUR_COUNTY),
    "household_import": Row(COUNTY, {**OUR_COUNTY, "pk": lambda world: import_into(WUCHUAN).pk}),
    "household": Row(COUNTY, OUR_HOUSEHOLD),
    "household_reveal": Row(COUNTY, OUR_HOUSEHOLD),
    "household_change": Row(COUNTY, OUR_HOUSEHOLD),
    "household_standing": Row(COUNTY, OUR_HOUSEHOLD),
    "household_erase": Row(COUNTY, OUR_HOUSEHOLD),
    "coop": Row(MEMBERS, OURS),
    "today": Row(CLERKS, OURS),
    "picking": Row(CLERKS, OURS),
    "pack_several": Row(CLERKS, OURS),
    "send_several": Row(CLERKS, OURS),
    "slips": Row(CLERKS, OURS),
    "labels": Row(CLERKS, OURS),
    "parcel": Row(CLERKS, OUR_PARCEL),
    "parcel_pack": Row(CLERKS, OUR_PARCEL),
    "parcel_ship": Row(CLERKS, OUR_PARCEL),
    "parcel_number": Row(CLERKS, OUR_PARCEL),
    "slip": Row(CLERKS, OUR_PARCEL),
    "label": Row(CLERKS, OUR_PARCEL),
    "coop_fairs": Row(CLERKS, OURS),
    "coop_fair": Row(CLERKS, OUR_FAIR),
    "coop_fair_apply": Row(CLERKS, OUR_FAIR),
    "coop_fair_withdraw": Row(CLERKS, OUR_FAIR),
    "goods": Row(CLERKS, OURS),
    "goods_prices": Row(CLERKS, OURS),
    "good": Row(CLERKS, OUR_GOOD),
    "good_change": Row(CLERKS, OUR_GOOD),
    "goods_sheets": Row(CLERKS, OURS),
    "goods_export": Row(CLERKS, OURS),
    "goods_import": Row(CLERKS, {**OURS, "pk": lambda world: import_of(world.ours).pk}),
    "goods_closed": Row(CLERKS, OURS),
    "goods_words": Row(CLERKS, OURS),
    "goods_new": Row(CLERKS, OURS),
    "proposal": Row(CLERKS, OUR_PROPOSAL),
    "proposal_move": Row(CLERKS, OUR_PROPOSAL),
    "proposal_step": Row(CLERKS, {**OUR_PROPOSAL, "step": lambda world: "what"}),
    "proposal_paper": Row(CLERKS, {**OURS, **GOOD_PAPER}),
    "catalogue": Row(OPERATOR),
    "any_good": Row(OPERATOR, ANY_GOOD),
    "any_good_prices": Row(OPERATOR, ANY_GOOD),
    "good_paper_remove": Row(
        OPERATOR, {**ANY_GOOD, "paper": lambda world: world.certificate.paper_id}
    ),
    "good_withdraw": Row(OPERATOR, ANY_GOOD),
    "good_restore": Row(OPERATOR, ANY_GOOD),
    "figures": Row(OPERATOR),
    "figures_live": Row(OPERATOR),
    "county_figures": Row(COUNTY, OUR_COUNTY),
    "batch": Row(OPERATOR, A_BATCH),
    "batch_publish": Row(OPERATOR, A_BATCH),
    "batch_drop": Row(OPERATOR, A_BATCH),
    "plans": Row(OPERATOR),
    "plan_new": Row(OPERATOR),
    "plan": Row(OPERATOR, A_PLAN),
    "plan_edit": Row(OPERATOR, A_PLAN),
    "plan_county": Row(OPERATOR, {**A_PLAN, "code": lambda world: world.ours.county_id}),
    "plan_export_new": Row(OPERATOR, A_PLAN),
    "plan_export": Row(OPERATOR, {"pk": lambda world: export_of(world.plan).pk}),
    "plan_export_file": Row(OPERATOR, {"pk": lambda world: export_of(world.plan).pk}),
    "county_plan": Row(COUNTY, OUR_COUNTY),
    "county_plan_export_new": Row(COUNTY, OUR_COUNTY),
    "county_plan_export": Row(COUNTY, COUNTYS_EXPORT),
    "county_plan_export_file": Row(COUNTY, COUNTYS_EXPORT),
    "posts": Row(OPERATOR),
    "post_new": Row(OPERATOR),
    "post": Row(OPERATOR, {"pk": lambda world: world.post.pk}),
    "fees": Row(OPERATOR),
    "fee": Row(
        OPERATOR, {"slug": lambda world: open_shelf(cooperative=world.ours).cooperative.slug}
    ),
    "specialties": Row(OPERATOR),
    "specialty_new": Row(OPERATOR),
    "specialty": Row(OPERATOR, SPECIALTY),
    "specialty_move": Row(OPERATOR, {**SPECIALTY, "way": lambda world: "up"}),
    "badges": Row(OPERATOR),
    "badge": Row(OPERATOR, {"slug": lambda world: world.ours.slug}),
    "recognitions": Row(OPERATOR),
    "recognition_whose": Row(OPERATOR),
    "recognition_new": Row(OPERATOR, {"slug": lambda world: world.ours.slug}),
    "recognition": Row(OPERATOR, RECOGNISED),
    "recognition_file": Row(OPERATOR, RECOGNISED),
    "coop_recognition": Row(MEMBERS, {**OURS, **RECOGNISED}),
    "schemes": Row(OPERATOR),
    "scheme_new": Row(OPERATOR),
    "scheme": Row(OPERATOR, SCHEME),
    "scheme_county_new": Row(OPERATOR, SCHEME),
    "scheme_county": Row(
        OPERATOR, {**SCHEME, "pk": lambda world: scheme_of("832").counties.get().pk}
    ),
    "kinds": Row(OPERATOR),
    "kind_new": Row(OPERATOR, {"table": lambda world: "modes"}),
    "kind": Row(OPERATOR, A_MODE),
    "kind_move": Row(OPERATOR, {**A_MODE, "way": lambda world: "up"}),
    "regions": Row(OPERATOR),
    "region": Row(OPERATOR, {"code": lambda world: world.ours.county_id}),
    "synonyms": Row(OPERATOR),
    "synonyms_new": Row(OPERATOR),
    "synonyms_one": Row(OPERATOR, GROUP),
    "synonyms_remove": Row(OPERATOR, GROUP),
    "review": Row(OPERATOR),
    "review_one": Row(OPERATOR, {"pk": lambda world: submitted(world.ours).pk}),
    "review_paper": Row(OPERATOR, GOOD_PAPER),
}


def hand_of(cooperative: Cooperative) -> Membership:
    member_of(cooperative, "clerk", "hand")
    return Membership.objects.get(user__email="hand@example.com")


def invitation_to(cooperative: Cooperative) -> str:
    """For the consumer, who is nobody else here."""
    asked = Invitation(cooperative.pk, "consumer@example.com", "clerk", 0, 0)
    return sign(asked)


def found() -> Finding:
    finding("unknown_money", "pi_1")
    return Finding.objects.get()


def message_about(order: Order) -> int:
    return Message.objects.get(event=f"order_placed:{order.number}").pk


def walk(patterns):
    for pattern in patterns:
        yield from walk(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern]


PATTERNS = {pattern.name: pattern for pattern in walk(urls.urlpatterns)}
