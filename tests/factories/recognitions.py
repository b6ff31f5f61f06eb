"""Schemes, their counties, and certificates that are valid at the moment of the tests."""

from datetime import date
from pathlib import PurePath

from django.core.files.base import ContentFile

from catalog.assistance.models import Recognition, Scheme, SchemeCounty
from catalog.models import Product
from catalog.producers.models import Cooperative
from marketplace.uploads import private_storage

BEGAN = date(2026, 1, 1)


def scheme_of(code: str) -> Scheme:
    """One of those that an installation begins with; 832 is for Wuchuan alone."""
    return Scheme.objects.get(code=code)


def recognised(
    scheme: Scheme,
    cooperative: Cooperative,
    product: Product | None = None,
    *,
    number: str = "",
    begins: date = BEGAN,
    ends: date | None = None,
) -> Recognition:
    """Written past the services, which would look at it first."""
    return Recognition.objects.create(
        scheme=scheme,
        cooperative=cooperative,
        product=product,
        number=number or f"R-{Recognition.objects.count() + 1}",
        issuer="认定办公室",
        valid_from=begins,
        valid_until=ends,
        file=ContentFile(b"jpg", name="r.jpg"),
    )


def county_row(scheme: Scheme, county: str, begins: date = BEGAN, ends: date | None = None):
    return SchemeCounty.objects.create(
        scheme=scheme, county_id=county, begins_on=begins, ends_on=ends
    )


def recognition_files() -> set[str]:
    folder = private_storage()
    if not folder.exists("recognitions"):
        return set()
    return {PurePath(name).name for name in folder.listdir("recognitions")[1]}
