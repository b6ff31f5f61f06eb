"""The desks of the back office: whom one acts for, and the rooms that lie behind each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.origins.models import Region
from catalog.producers.models import Membership
from marketplace.accounts.models import Posting, User
from marketplace.pictures import Picture

Role = Membership.Role


class Door(NamedTuple):
    """A room of the back office: its address by name, its sign, what it is called and for; where
    there are many, which others it belongs with."""

    name: str
    icon: str
    label: str
    text: str
    url: str
    group: str = ""


@dataclass(frozen=True)
class Desk:
    """Whom the person acts for, the desk's first page, and the rooms that may be entered.

    The first three doors stand in the bar of a phone, the first six in the head of a wide screen.
    """

    name: str
    url: str
    doors: list[Door]
    picture: Picture | None = None


def desks_of(user: User, day: date) -> list[Desk]:
    """Every desk of the person that day; none for most people."""
    posts = list(user.postings.in_force(day))
    operators = [post for post in posts if post.role == Posting.Role.OPERATOR]
    countys = [post.region for post in posts if post.role == Posting.Role.COUNTY_CONFIRMER]
    return [
        *(operators_desk() for _post in operators[:1]),
        *(countys_desk(region) for region in countys if region),
        *(cooperatives_desk(membership) for membership in user.memberships.in_force(day)),
    ]


def operators_desk() -> Desk:
    doors = [
        *trade_doors(),
        *goods_doors(),
        *people_doors(),
        *assistance_doors(),
        *shop_doors(),
    ]
    return Desk(_("Back office"), reverse("backoffice:home"), doors)


def trade_doors() -> list[Door]:
    rooms = [
        ("orders", "clipboard-list", _("Orders"), _("Find, read, refund, cancel, print")),
        ("payments", "wallet", _("Payments"), _("What to decide, refunds, Stripe's side")),
        ("payouts", "hand-coins", _("Payouts"), _("Pay the cooperatives what is theirs")),
        ("offers", "ticket-percent", _("Offers"), _("Vouchers and offers: make, watch, end")),
        ("delivery", "truck", _("Delivery"), _("What a parcel costs, and where it goes")),
        ("messages", "mail", _("Messages"), _("What was written to whom, and was it sent")),
    ]
    return open_doors(rooms, group=_("Orders and money"))


def goods_doors() -> list[Door]:
    rooms = [
        ("review", "list-checks", _("Goods to review"), _("New goods and changes that wait")),
        (
            "catalogue",
            "wheat",
            pgettext("office", "All goods"),
            _("Find, read, reprice, take off sale"),
        ),
        ("stock", "boxes", _("Stock"), _("How many packs there are, and how many are free")),
        ("recalls", "octagon-alert", _("Recalls"), _("Take a lot back, settle it with its buyers")),
    ]
    return open_doors(rooms, group=_("Goods"))


def people_doors() -> list[Door]:
    rooms = [
        (
            "admissions",
            "sprout",
            _("Admission"),
            _("Who wants to sell here, and who may recommend"),
        ),
        ("all_papers", "file-text", _("Papers"), _("Of every producer, first to end first")),
        ("fees", "percent", _("Fees"), _("What the market keeps of a sale; nothing at first")),
        ("posts", "users", _("Posts"), _("Who works for the market, and where")),
    ]
    return open_doors(rooms, group=_("Producers and people"))


def assistance_doors() -> list[Door]:
    rooms = [
        (
            "benefit_records",
            "hand-coins",
            _("Benefit records"),
            _("Every payment to households, and where it stands"),
        ),
        ("figures", "chart-column", _("Figures"), _("Count a month, look it through, publish it")),
        ("plans", "chart-line", _("Sales plan"), _("Double the sales: targets, pace, how far")),
        ("recognitions", "award", _("Recognitions"), _("Who has which badge, from when to when")),
        (
            "kinds",
            "tags",
            _("Categories and modes"),
            _("What counties may choose of, its names and order"),
        ),
    ]
    group = _("Assistance")
    return [*open_doors(rooms, group=group), consents_door(group)]


def shop_doors() -> list[Door]:
    rooms = [
        ("specialties", "shapes", _("Specialties"), _("Names, words, pictures, order")),
        ("badges", "image", _("Producers' pictures"), _("What stands beside each name")),
        ("regions", "map-pin", _("Regions"), _("How the places that goods come from are called")),
        ("synonyms", "search", _("Search words"), _("Words that mean the same to a buyer")),
    ]
    return open_doors(rooms, group=_("How the shop speaks"))


def countys_desk(county: Region) -> Desk:
    rooms = [
        ("county_admissions", "sprout", _("Admission"), _("Check who applies, and recommend")),
        (
            "county_records",
            "hand-coins",
            _("Benefit records"),
            _("Compare them with their evidence, confirm or return"),
        ),
        (
            "county_agreements",
            "handshake",
            _("Agreements"),
            _("Which cooperative, which households, on what"),
        ),
        ("households", "book-user", _("Register"), _("Households, and who looked at them")),
        ("county_papers", "file-text", _("Papers"), _("Of the county's producers")),
        ("county_plan", "chart-line", _("Sales plan"), _("How far the county is, and the pace")),
        (
            "county_figures",
            "chart-column",
            _("Live figures"),
            _("What is confirmed by now, for the staff alone"),
        ),
    ]
    home = reverse("backoffice:county", args=[county.pk])
    return Desk(county.name_text, home, open_doors(rooms, county.pk))


def cooperatives_desk(membership: Membership) -> Desk:
    """The rooms that the member's role may enter."""
    rooms: list[tuple[str, ...]] = []
    if membership.role in (Role.OWNER, Role.CLERK):
        rooms += [
            ("today", "truck", _("Shipping"), _("What to pack and send, day by day")),
            ("goods", "wheat", _("Goods"), _("Prices, stock, new goods, changes")),
            ("coop_lots", "package-search", _("Lots"), _("Record, release, print labels")),
        ]
    if membership.role in (Role.OWNER, Role.ACCOUNTANT):
        rooms += [
            ("coop_money", "wallet", _("Money"), _("What is owed to you, to the fen")),
            (
                "coop_assistance",
                "handshake",
                _("Assistance"),
                _("Agreements, and what you paid to households"),
            ),
        ]
    rooms.append(("papers", "file-text", _("Papers"), _("Licences: what is valid until when")))
    if membership.role in (Role.OWNER, Role.CLERK):
        rooms.append(("coop_fairs", "store", _("Fairs"), _("Apply, see how it goes, your booth")))
    if membership.role == Role.OWNER:
        rooms.append(("coop_people", "users", _("People"), _("Who acts for you, and as what")))
    cooperative = membership.cooperative
    home = reverse("backoffice:coop", args=[cooperative.slug])
    doors = open_doors(rooms, cooperative.slug)
    return Desk(cooperative.short_name_text, home, doors, cooperative.picture)


def applicants_desk() -> Desk:
    """Of whoever is signed in and holds no post, or does not act in one."""
    rooms = [("apply", "sprout", _("My applications"), _("How far it is, and whose turn it is"))]
    return Desk(_("Sell here"), reverse("backoffice:apply"), open_doors(rooms))


def desk_of_choice() -> Desk:
    """Of whoever has several desks and chooses among them."""
    return Desk(_("Back office"), reverse("backoffice:home"), [])


def consents_door(group: str) -> Door:
    """In the admin of the pages, where the pictures and stories that rest on them are too."""
    return Door(
        "consents",
        "signature",
        _("Consents of persons"),
        _("Who may be shown or named, and taking it back"),
        reverse("wagtailsnippets_images_pictureconsent:list"),
        group,
    )


def open_doors(rooms: Iterable[tuple[str, ...]], *args: str, group: str = "") -> list[Door]:
    """`rooms` are name, sign, label and text; `args` are of their addresses."""
    return [Door(*room, reverse(f"backoffice:{room[0]}", args=args), group) for room in rooms]
