"""Lots of the goods, what happened to them, and their papers."""

from datetime import date

from catalog.models import Product
from catalog.traceability.models import Lot, LotEvent, LotPaper
from marketplace.demo import reading
from marketplace.demo.days import after
from marketplace.demo.services.papers import Holding, load_papers
from marketplace.demo.services.sync import Synced, sync_rows


def load_lots(*, products: dict[int, Product], day: date) -> bool:
    """Write one or two lots for each good; True when anything changed.

    A lot's state is written once: afterwards it belongs to the shop, as its events do.
    """
    entries = {
        code_of_lot(lot, day): (good, lot) for good in reading.goods() for lot in good["lots"]
    }
    rows = [
        {
            "code": code,
            "product_id": products[good["number"]].pk,
            "produced_on": after(day, lot["produced"]),
            "quantity": lot["quantity"],
            "place": lot["place"],
            "state": lot.get("state", Lot.State.RELEASED),
        }
        for code, (good, lot) in entries.items()
    ]
    lots = sync_rows(model=Lot, key=("code",), rows=rows, keep=["state"])
    events = _load_events(entries, lots, day)
    makers = {row["key"]: row["name"] for row in reading.cooperatives()}
    holdings = [
        Holding(lots[code].pk, makers[good["cooperative"]], lot["papers"])
        for code, (good, lot) in entries.items()
    ]
    papers = load_papers(link=LotPaper, column="lot_id", holdings=holdings, day=day)
    return papers or bool(lots.touched or events.touched)


def code_of_lot(lot: dict, day: date) -> str:
    """The code as printed on the pack: its day of production takes the place of {date}."""
    return lot["code"].format(date=f"{after(day, lot['produced']):%y%m%d}")


def _load_events(entries: dict[str, tuple[dict, dict]], lots: Synced, day: date) -> Synced:
    rows = [
        {
            "lot_id": lots[code].pk,
            "on": after(day, event["days"]),
            "kind": event["kind"],
            "title": event["title"],
            "detail": event["detail"],
        }
        for code, (_good, lot) in entries.items()
        for event in lot["events"]
    ]
    key = ("lot_id", "on", "title")
    return sync_rows(model=LotEvent, key=key, rows=rows, keep=["kind", "detail"])
