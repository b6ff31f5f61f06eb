"""Breadcrumbs: where a page stands, from the home page down."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Category, Product
from catalog.producers.models import Application, Cooperative
from catalog.traceability.models import Lot

Trail = list[tuple[str, str]]


def home_path() -> str:
    return reverse("wagtail_serve", args=[""])


def home_trail() -> Trail:
    return [(_("Home"), home_path())]


def goods_trail() -> Trail:
    return [*home_trail(), (_("All goods"), reverse("shop:list"))]


def search_trail() -> Trail:
    return [*goods_trail(), (_("Search"), reverse("shop:search"))]


def category_trail(category: Category, family: Sequence[Category]) -> Trail:
    """`family` holds the category and those above it, widest first."""
    above = [each for each in family if category.path.startswith(each.path)]
    return [*goods_trail(), *((each.name_text, each.get_absolute_url()) for each in above)]


def product_trail(product: Product, shelves: Sequence[Category]) -> Trail:
    """Through the product's specialty and, if it stands on one, its shelf."""
    places = [product.specialty, *shelves, product]
    return [*goods_trail(), *((_name(each), each.get_absolute_url()) for each in places)]


def cooperatives_trail() -> Trail:
    return [*home_trail(), (_("Who grows it"), reverse("cooperatives:list"))]


def cooperative_trail(cooperative: Cooperative) -> Trail:
    return [*cooperatives_trail(), (cooperative.short_name_text, cooperative.get_absolute_url())]


def trace_trail(lot: Lot) -> Trail:
    product = lot.product
    good = [(product.name, product.get_absolute_url())] if product.is_public else []
    return [*goods_trail(), *good, (lot.code, lot.get_absolute_url())]


def impact_trail() -> Trail:
    return [*home_trail(), (_("Assistance in figures"), reverse("impact:latest"))]


def notices_trail() -> Trail:
    return [*cooperatives_trail(), (_("Public notices"), reverse("cooperatives:notices"))]


def notice_trail(application: Application) -> Trail:
    address = reverse("cooperatives:notice", args=[application.pk])
    return [*notices_trail(), (application.name, address)]


def _name(place: Category | Product) -> str:
    return place.name if isinstance(place, Product) else place.name_text
