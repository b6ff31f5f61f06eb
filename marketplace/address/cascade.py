"""From the province down: which lists of regions are shown, and what is chosen in each."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from catalog.origins.models import Region

STEPS = {
    Region.Level.PROVINCE: "province",
    Region.Level.CITY: "city",
    Region.Level.DISTRICT: "district",
    Region.Level.STREET: "street",
}
CODE = re.compile("[0-9]{6}|[0-9]{9}")


class Step(NamedTuple):
    """One list: the field's name, what lies below the step before, and what is chosen of it."""

    name: str
    regions: list[Region]
    chosen: Region | None


def read_steps(typed: Mapping[str, str]) -> list[Step]:
    """The lists that these codes open, by one query; `typed` may hold other fields as well.

    They end where nothing is chosen, or where nothing lies below: a municipality has no
    cities, and streets are known of some districts only. A list in which cities stand beside
    counties that belong to no city is called by the cities, so a code counts under whichever
    step it came. What is chosen has its parents.
    """
    typed = {name: typed.get(name) or "" for name in STEPS.values()}
    codes = {code for code in typed.values() if CODE.fullmatch(code)}
    below = defaultdict(list)
    for region in Region.objects.below(codes):
        below[region.parent_id].append(region)
    steps, above = [], None
    while regions := below[above and above.code]:
        name = STEPS[min(region.level for region in regions)]
        wanted = {typed[name]} if typed[name] in {region.code for region in regions} else codes
        chosen = next((region for region in regions if region.code in wanted), None)
        steps.append(Step(name, regions, chosen))
        if chosen is None:
            break
        chosen.parent = above
        above = chosen
    return steps


def codes_to(code: str) -> dict[str, str]:
    """By step, the codes from the province down to this region: each begins the next one."""
    if not CODE.fullmatch(code):
        return {}
    return {
        "province": f"{code[:2]}0000",
        "city": f"{code[:4]}00",
        "district": code[:6],
        "street": code,
    }
