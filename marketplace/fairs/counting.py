"""How full a fair is, and what is known of whoever applies."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Sum

from catalog.models import Product
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.aftersales.models import Recall
from marketplace.fairs.models import Exhibitor, Fair
from marketplace.payment.models import Refund, RefundPart

LATELY = timedelta(days=730)


class CountyFill(NamedTuple):
    """`places` is None for a county without a quota; `following` is who of the reserve list moves
    up next, if there is a place for them."""

    county: Region
    places: int | None
    accepted: int
    waiting: int
    reserve: int
    following: Exhibitor | None

    @property
    def is_full(self) -> bool:
        return self.places is not None and self.accepted >= self.places


def fill_of(fair: Fair) -> list[CountyFill]:
    """By county: those with a quota, and those from which somebody applied."""
    rows = Exhibitor.objects.filter(fair=fair).handed_in().values_list("county", "state")
    states: dict[str, list[str]] = {}
    for county, state in rows:
        states.setdefault(county, []).append(state)
    places = dict(fair.quotas.values_list("county", "places"))
    following: dict[str, Exhibitor] = {}
    for exhibitor in Exhibitor.objects.filter(fair=fair).next_of_reserve():
        following.setdefault(exhibitor.county_id, exhibitor)
    counties = Region.objects.filter(pk__in={*states, *places}).order_by("pk")
    return [
        fill(county, places.get(county.pk), states.get(county.pk, []), following.get(county.pk))
        for county in counties
    ]


def fill(
    county: Region, places: int | None, states: list[str], following: Exhibitor | None
) -> CountyFill:
    accepted = states.count("accepted")
    is_full = places is not None and accepted >= places
    return CountyFill(
        county,
        places,
        accepted,
        states.count("applied"),
        states.count("reserve"),
        None if is_full else following,
    )


class Past(NamedTuple):
    """Of the last two years: recalls of its lots, and refunds of its goods to buyers."""

    recalls: list[Recall]
    refunds: int


def past_of(cooperative: Cooperative, day: date) -> Past:
    since = day - LATELY
    recalls = Recall.objects.filter(lot__product__cooperative=cooperative, at__date__gte=since)
    refunded = RefundPart.objects.filter(
        line__partner__cooperative=cooperative,
        refund__kind=Refund.Kind.PARTS,
        refund__state=Refund.State.SUCCEEDED,
        refund__created_at__date__gte=since,
    )
    count = refunded.values("refund").distinct().count()
    return Past(list(recalls.select_related("lot").order_by("-at")), count)


def free_packs_of(products: list[Product]) -> dict[int, int]:
    """By product, how many packs are left to sell."""
    packs = Product.objects.packs().filter(parent__in=products).order_by()
    return dict(packs.values_list("parent").annotate(n=Sum("free")))
