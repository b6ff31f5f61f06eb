"""The list of everybody who shows at a fair, with filters that are plain links."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from cms.expos.sheet import FairSheet
from marketplace.fairs.models import Exhibitor


class Choice(NamedTuple):
    label: str
    address: str
    is_chosen: bool


def exhibitor_list(sheet: FairSheet, wanted: Mapping[str, str]) -> dict[str, object]:
    """What expos/exhibitors_page.html reads. A filter that nobody fits, such as an old link's, is
    as none."""
    everybody = list(Exhibitor.objects.on_show(sheet.fair, sheet.day).with_goods(sheet.day))
    zones = {zone.code: zone.name_text for zone in sheet.zones}
    counties = {each.county_id: each.county.name_text for each in everybody}
    chosen = {
        "zone": wanted.get("zone") if wanted.get("zone") in zones else "",
        "county": wanted.get("county") if wanted.get("county") in counties else "",
    }
    shown = [each for each in everybody if fits(each, chosen)]
    return {
        "rows": [(each, [row.product for row in each.on_sale]) for each in shown],
        "total": len(everybody),
        "zone_choices": choices("zone", zones, chosen),
        "county_choices": choices("county", counties, chosen),
    }


def fits(exhibitor: Exhibitor, chosen: Mapping[str, str]) -> bool:
    zone, county = chosen["zone"], chosen["county"]
    stands_in = {stand.booth.zone.code for stand in exhibitor.stands}
    return (not zone or zone in stands_in) and county in ("", exhibitor.county_id)


def choices(name: str, labels: Mapping[str, str], chosen: Mapping[str, str]) -> list[Choice]:
    """One link for each, and leading back to all by the one that is chosen."""

    def address(key: str) -> str:
        query = {**chosen, name: "" if chosen[name] == key else key}
        return "?" + urlencode({field: value for field, value in query.items() if value})

    return [Choice(labels[key], address(key), chosen[name] == key) for key in labels]
