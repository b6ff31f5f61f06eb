"""A clerk of a mill sends sheets of prices in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from marketplace.listings.models import ShelfImport
from tests.marketplace.dashboard.mill import clerk, mill
from tests.marketplace.dashboard.sheets.rows import SHEETS

__all__ = ["clerk", "mill"]


@pytest.fixture
def send(clerk, django_capture_on_commit_callbacks):
    """The sheet is sent in and looked through; the answer's page."""

    def sending(content, name="prices.xlsx"):
        with django_capture_on_commit_callbacks(execute=True):
            answer = clerk.post(SHEETS, {"sheet": SimpleUploadedFile(name, content)})
        return clerk.get(answer["Location"]) if answer.status_code == 302 else answer

    return sending


@pytest.fixture
def write(clerk, django_capture_on_commit_callbacks):
    def writing():
        job = ShelfImport.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            answer = clerk.post(f"{SHEETS}{job.pk}/")
        return clerk.get(answer["Location"])

    return writing
