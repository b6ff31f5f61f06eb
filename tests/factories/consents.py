"""Consents of persons, as an editor has recorded them."""

import datetime as dt

from django.core.files.base import ContentFile

from cms.images.models import PictureConsent


def new_consent(**values):
    data = {"person": "王大娘", "scope": "网站故事页", "given_on": dt.date(2026, 1, 5), **values}
    consent = PictureConsent(**data)
    consent.file.save("sheet.jpg", ContentFile(b"sheet"), save=True)
    return consent
