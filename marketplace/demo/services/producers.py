"""The thirteen cooperatives with their papers, badges and shelves."""

from datetime import date

from catalog.origins.models import Region
from catalog.producers.models import Cooperative, CooperativePaper
from marketplace.demo import reading
from marketplace.demo.services.art import upload
from marketplace.demo.services.papers import Holding, load_papers
from marketplace.demo.services.sync import sync_rows
from marketplace.partner.services import open_shelf
from marketplace.pictures import BADGE_WIDTHS

TEXTS = (
    "slug",
    "name",
    "name_en",
    "short_name",
    "short_name_en",
    "kind",
    "known_for",
    "known_for_en",
    "benefit_modes",
    "benefit_text",
    "summary",
    "summary_en",
    "story",
)


def load_producers(*, day: date) -> bool:
    """Write every cooperative and what it holds; True when anything changed.

    Its picture belongs to the operator as soon as it is there.
    """
    entries = reading.cooperatives()
    colours = {row["slug"]: row["colour"] for row in reading.categories() if not row["parent"]}
    counties = dict(Region.objects.filter(level=Region.Level.STREET).values_list("code", "parent"))
    rows = []
    for entry in entries:
        badge, renditions = upload(entry["badge"], "producers", BADGE_WIDTHS)
        rows.append(
            {name: entry[name] for name in TEXTS}
            | {
                "colour": colours[entry["specialty"]],
                "township_id": entry["township"],
                "county_id": counties[entry["township"]],
                "badge": badge,
                "renditions": renditions,
            }
        )
    cooperatives = sync_rows(
        model=Cooperative, key=("slug",), rows=rows, keep=("badge", "renditions")
    )
    holdings = [
        Holding(cooperatives[entry["slug"]].pk, entry["name"], entry["papers"]) for entry in entries
    ]
    for cooperative in cooperatives.rows.values():
        open_shelf(cooperative=cooperative)
    papers_changed = load_papers(
        link=CooperativePaper, column="cooperative_id", holdings=holdings, day=day
    )
    return papers_changed or bool(cooperatives.touched)
