"""A market with something in every room of the back office, and whoever sits in it."""

from collections.abc import Callable
from functools import cached_property

from catalog.assistance.models import Agreement, AgreementFile, Batch, Record
from catalog.assistance.services import add_files
from catalog.households.models import Household
from catalog.models import Product, ProductPaper
from catalog.papers.models import Paper
from catalog.producers.invitations import Invitation, sign
from catalog.producers.models import Application, Cooperative, Membership
from catalog.traceability.models import Lot
from marketplace.accounts.models import Posting, User
from marketplace.aftersales.models import Recall, RecallNotice
from marketplace.aftersales.recalls import recall_lot
from marketplace.fairs.models import Exhibitor
from marketplace.listings.models import Proposal, ProposalPaper
from marketplace.listings.services import submit
from marketplace.order.models import Consignment, Order
from marketplace.outbox.models import Message
from marketplace.partner.models import StockRecord
from marketplace.payment.models import Finding, Refund
from marketplace.reports.models import Plan
from tests.factories import CooperativeFactory, ProductFactory
from tests.factories.admission import add_a_licence, application_of, recommended
from tests.factories.assistance import AT, agreement_of, clerk_of_county, record_of, slip_photo
from tests.factories.fairs import ExhibitorFactory, FairFactory
from tests.factories.households import make_household
from tests.factories.listings import draft_of, proposed_paper, ready
from tests.factories.lots import lot_of, packed, paper_of
from tests.factories.reports import batch_of, plan_of
from tests.marketplace.buying import DAY, NOW, order_for
from tests.marketplace.dashboard.conftest import BEGINNING, OUTSIDERS, posted, somebody
from tests.marketplace.dashboard.money import failed, finding, give_back, with_money
from tests.marketplace.packing import parcel_for

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
