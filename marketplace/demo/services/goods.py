"""The goods: a parent each with its packs, prices, first stock and papers."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from catalog.models import Category, Product, ProductClass, ProductPaper
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.demo import reading
from marketplace.demo.days import month_bits, windows
from marketplace.demo.services.papers import Holding, load_papers
from marketplace.demo.services.sync import Synced, sync_rows
from marketplace.partner.models import Partner, StockRecord

SAME = (
    "slug",
    "title",
    "title_en",
    "storage",
    "shelf_life",
    "shelf_life_en",
    "shelf_life_days",
    "season",
    "season_en",
    "dispatch_weekdays",
    "flag",
    "flag_en",
    "summary",
    "summary_en",
    "description",
    "storage_advice",
    "ingredients",
    "allergens",
    "standard",
    "tolerance",
)


# A pack that is called so is sold by about so much, and weighed when it is packed.
ABOUT = "约"


def code_of(number: int) -> str:
    """The article number of a good, which is its natural key."""
    return f"YS{number:04}"


def load_goods(*, categories: dict[str, Category], day: date) -> tuple[dict[int, Product], bool]:
    """Write every good with its packs; the parents by number, and whether anything changed."""
    entries = reading.goods()
    parents = sync_rows(model=Product, key=("upc",), rows=_parent_rows(entries, categories, day))
    products = {entry["number"]: parents[code_of(entry["number"])] for entry in entries}
    packs, stock = _load_packs(entries, products)
    makers = {row["key"]: row["name"] for row in reading.cooperatives()}
    holdings = [
        Holding(products[entry["number"]].pk, makers[entry["cooperative"]], entry["papers"])
        for entry in entries
    ]
    papers = load_papers(link=ProductPaper, column="product_id", holdings=holdings, day=day)
    return products, papers or any(each.touched for each in (parents, packs, stock))


def _parent_rows(entries: list[dict], categories: dict, day: date) -> Iterable[dict]:
    keys = {row["key"]: row["slug"] for row in reading.cooperatives()}
    cooperatives = dict(Cooperative.objects.values_list("slug", "pk"))
    regimes = dict(ProductClass.objects.values_list("slug", "pk"))
    counties = dict(Region.objects.filter(level=Region.Level.STREET).values_list("code", "parent"))
    for entry in entries:
        yield (
            {name: entry[name] for name in SAME}
            | windows(entry, day)
            | {
                "upc": code_of(entry["number"]),
                "structure": Product.PARENT,
                "product_class_id": regimes[entry["regime"]],
                "cooperative_id": cooperatives[keys[entry["cooperative"]]],
                "specialty_id": categories[reading.specialty_of(entry)].pk,
                "township_id": entry["township"],
                "county_id": counties[entry["township"]],
                "season_months": month_bits(entry["season_months"]),
                "label_text": entry["label"],
                "gi_mark": entry["gi"],
            }
        )


def _load_packs(entries: list[dict], products: dict[int, Product]) -> tuple[Synced, Synced]:
    """Price and stock are written once: afterwards they belong to the cooperative and the sales."""
    packs, texts = [], {}
    for entry in entries:
        parent = products[entry["number"]]
        for place, pack in enumerate(entry["packs"], start=1):
            packs.append(pack_row(parent, f"{parent.upc}-{place}", pack))
            texts[f"{parent.upc}-{place}"] = pack
    children = sync_rows(model=Product, key=("upc",), rows=packs)
    shelves = dict(Partner.objects.values_list("cooperative_id", "pk"))
    makers = {product.pk: product.cooperative_id for product in products.values()}
    records = [
        {
            "product_id": child.pk,
            "partner_id": shelves[makers[child.parent_id]],
            "partner_sku": child.upc,
            "price": Decimal(texts[child.upc]["price"]),
            "num_in_stock": texts[child.upc]["stock"],
        }
        for child in children.rows.values()
    ]
    own = ["price", "num_in_stock"]
    stock = sync_rows(model=StockRecord, key=("product_id",), rows=records, keep=own)
    return children, stock


def pack_row(parent: Product, code: str, pack: dict) -> dict:
    """A child's columns; `ships` is its weight in the parcel where that is not the net weight."""
    return {
        "upc": code,
        "structure": Product.CHILD,
        "parent_id": parent.pk,
        "slug": parent.slug,
        "title": pack["name"],
        "title_en": pack["name_en"],
        "net_grams": pack.get("grams"),
        "net_ml": pack.get("ml"),
        "gross_grams": pack.get("ships") or pack["grams"],
        "minimum_quantity": pack["minimum"],
        "quantity_step": pack.get("step", 1),
        "catch_weight": pack["name"].startswith(ABOUT),
    }
