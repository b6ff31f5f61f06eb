"""Offers and vouchers of the demonstration, made once: later runs change and reopen none."""

from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from catalog.producers.models import Cooperative
from marketplace.demo import reading
from marketplace.demo.days import after
from marketplace.offer.campaigns import create_offer, create_voucher
from marketplace.offer.models import Bearer, Benefit, ConditionalOffer
from marketplace.offer.terms import Terms
from marketplace.voucher.models import Voucher


def load_offers(*, day: date) -> int:
    """Write those that are missing, from that day on; returns how many there are."""
    data = reading.read("offers")
    begins, ends = _midnight(day), _midnight(after(day, data["days"]))
    when = {"begins": begins, "ends": ends, "by": None, "now": begins}
    for entry in data["offer"]:
        if not ConditionalOffer.objects.filter(name=entry["name"]).exists():
            create_offer(terms=_terms(entry), **when)
    for entry in data["voucher"]:
        if not Voucher.objects.filter(code=entry["code"]).exists():
            limit = entry["limit_total"]
            create_voucher(code=entry["code"], terms=_terms(entry), limit_total=limit, **when)
    return len(data["offer"]) + len(data["voucher"])


def _terms(entry: dict) -> Terms:
    slugs = {row["key"]: row["slug"] for row in reading.cooperatives()}
    payer = entry.get("cooperative")
    return Terms(
        name=entry["name"],
        name_en=entry["name_en"],
        kind=Benefit.Kind.PERCENT if "percent" in entry else Benefit.Kind.AMOUNT,
        value=Decimal(entry.get("percent") or entry["amount"]),
        threshold=Decimal(entry["threshold"]),
        bearer=Bearer.COOPERATIVE if payer else Bearer.PLATFORM,
        cooperative=Cooperative.objects.get(slug=slugs[payer]) if payer else None,
        most_off=Decimal(entry["most_off"]) if "most_off" in entry else None,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
