"""Making what was approved live: the good with its packs, pictures, papers, stock and price."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.compliance import recompute_sellable
from catalog.models import Category, Product, ProductImage
from marketplace.listings.content import bits_of, changed_fields, content_of
from marketplace.listings.models import Proposal
from marketplace.listings.problems import label_of, packs_twice
from marketplace.listings.refusals import NotReady, Problem
from marketplace.listings.services.papers import put_papers
from marketplace.partner.models import StockRecord
from marketplace.partner.services import open_shelf, refresh_shelf
from marketplace.search.pinyin import slugify

LONGEST_SLUG = 200


def make_good(*, proposal: Proposal, now: datetime) -> Product:
    """The parent and its packs; on sale as soon as its papers are in order."""
    content, cooperative = proposal.content, proposal.cooperative
    good = Product(
        structure=Product.PARENT,
        product_class=proposal.product_class,
        cooperative=cooperative,
        county_id=cooperative.county_id,
        slug=slugify(content["title"])[:LONGEST_SLUG] or "good",
    )
    shelf = write_texts(good, content)
    good.save()
    good.categories.set([shelf])
    make_packs(proposal, good)
    finish(proposal, good, now)
    return good


def make_packs(proposal: Proposal, good: Product) -> None:
    """On top of those that the good has. Raises NotReady for a size that it has meanwhile."""
    if problems := list(packs_twice(proposal)):
        raise NotReady(problems)
    there = good.children.count()
    for number, pack in enumerate(proposal.content.get("packs", ()), start=there + 1):
        make_pack(good, number, pack)


def make_pack(good: Product, number: int, pack: dict) -> None:
    child = Product.objects.create(
        structure=Product.CHILD,
        parent=good,
        title=pack["title"],
        title_en=pack.get("title_en", ""),
        slug=good.slug,
        net_grams=pack.get("net_grams"),
        net_ml=pack.get("net_ml"),
        gross_grams=pack["gross_grams"],
        minimum_quantity=pack.get("minimum_quantity") or 1,
    )
    StockRecord.objects.create(
        product=child,
        partner=open_shelf(cooperative=good.cooperative),
        partner_sku=f"G{good.pk}-{number}",
        price_currency="CNY",
        price=Decimal(pack["price"]),
        num_in_stock=pack["stock"],
    )


def change_good(*, proposal: Proposal, now: datetime) -> Product:
    """Only what the proposal changes is written.

    Raises NotReady when one of these fields is no longer what the cooperative saw.
    """
    good = Product.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.product_id)
    live = content_of(good)
    changed = changed_fields(proposal.before, proposal.content)
    moved = [name for name in changed if live[name] != proposal.before.get(name)]
    if moved:
        words = _("“%(field)s” has been changed on the live good meanwhile.")
        raise NotReady([Problem("what", words % {"field": label_of(name)}) for name in moved])
    if changed:
        shelf = write_texts(good, {name: proposal.content[name] for name in changed})
        good.save()
        if shelf:
            good.categories.set([shelf])
    make_packs(proposal, good)
    finish(proposal, good, now)
    return good


def write_texts(good: Product, content: dict) -> Category | None:
    """Put the texts on the good; the shelf that they name, whose root is its specialty."""
    shelf = None
    for name, value in content.items():
        if name == "category":
            shelf = Category.objects.get(pk=value)
            good.specialty = shelf.get_root()
        elif name == "township":
            good.township_id = value
        elif name == "season_months":
            good.season_months = bits_of(value)
        elif name != "packs":
            setattr(good, name, value)
    return shelf


def finish(proposal: Proposal, good: Product, now: datetime) -> None:
    """Pictures and papers, and all that follows from them."""
    put_pictures(proposal, good)
    put_papers(proposal, good)
    recompute_sellable(product=good, day=timezone.localdate(now))
    refresh_shelf(product_ids=[good.pk])


def put_pictures(proposal: Proposal, good: Product) -> None:
    """The good's pictures become those of the proposal, in their order."""
    pictures = list(proposal.pictures.select_related("image").order_by("place", "pk"))
    kept = {picture.image_id for picture in pictures if picture.image_id}
    good.images.exclude(pk__in=kept).delete()
    for place, picture in enumerate(pictures):
        if picture.image:
            ProductImage.objects.filter(pk=picture.image_id).update(display_order=place)
        else:
            picture.image = ProductImage.objects.create(
                product=good,
                original=picture.file.name,
                caption=good.title,
                display_order=place,
                renditions=picture.renditions,
            )
            picture.save(update_fields=["image"])
