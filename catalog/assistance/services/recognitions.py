"""Writing recognitions. A badge is never set: it follows from the days written here."""

from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.assistance.models import Recognition, Scheme
from catalog.assistance.services.schemes import hold_scheme, is_listed
from catalog.models import Product
from catalog.papers.services import number_taken, save_with_file
from catalog.producers.models import Cooperative


class Certificate(NamedTuple):
    """What is printed on it; no `valid_until`: without end."""

    number: str
    issuer: str
    valid_from: date
    valid_until: date | None


class Days(NamedTuple):
    """From when until when a recognition was valid, and is now."""

    before: date | None
    after: date


@transaction.atomic
def add_recognition(
    *,
    scheme: Scheme,
    cooperative: Cooperative,
    product: Product | None,
    certificate: Certificate,
    file: ContentFile,
) -> Recognition:
    """Of the good, or of the producer as a whole. Raises ValidationError by field.

    A scheme bound to counties recognises nobody of another county. Two of one number may follow
    each other, as a certificate and its renewal, but not overlap.
    """
    scheme = hold_scheme(scheme.pk)
    check_holder(cooperative, product)
    check_certificate(scheme, certificate)
    check_county(scheme, cooperative, certificate.valid_from)
    recognition = Recognition(
        scheme=scheme, cooperative=cooperative, product=product, **certificate._asdict()
    )
    save_with_file(recognition, file)
    return recognition


def check_holder(cooperative: Cooperative, product: Product | None) -> None:
    if product is None:
        return
    if product.cooperative_id != cooperative.pk or product.structure != Product.PARENT:
        words = _("This is no good of that producer.")
        raise ValidationError({"product": words})


def check_certificate(scheme: Scheme, certificate: Certificate) -> None:
    begins, ends = certificate.valid_from, certificate.valid_until
    if ends and ends < begins:
        raise ValidationError({"valid_until": _("It cannot end before it begins.")})
    same = Recognition.objects.filter(scheme=scheme, number=certificate.number)
    other = same.overlapping(begins=begins, ends=ends).first()
    if other:
        raise number_taken(other)


def check_county(scheme: Scheme, cooperative: Cooperative, day: date) -> None:
    if is_listed(scheme, cooperative.county_id, day):
        return
    words = _("%(county)s is not on the list of this scheme on %(day)s.")
    told = {"county": cooperative.county.name_text, "day": date_format(day)}
    raise ValidationError({"valid_from": words % told})


@transaction.atomic
def end_recognition(*, recognition_id: int, last_day: date) -> Days:
    """Let it end earlier than it says; its badge goes with that day.

    Raises ValidationError by field, Recognition.DoesNotExist.
    """
    row = Recognition.objects.select_for_update(of=("self",)).get(pk=recognition_id)
    if last_day < row.valid_from:
        raise ValidationError({"last_day": _("It cannot end before it begins.")})
    if row.valid_until and last_day > row.valid_until:
        words = _("It ends before that already. What is renewed is entered anew.")
        raise ValidationError({"last_day": words})
    before, row.valid_until = row.valid_until, last_day
    row.save(update_fields=["valid_until"])
    return Days(before, last_day)
