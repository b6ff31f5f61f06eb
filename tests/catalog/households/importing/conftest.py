"""Sheets sent in and written, in English."""

import pytest
from django.utils import translation

from catalog.households.models import RegisterImport
from catalog.households.services.sending import order_writing, start_import
from tests.catalog.households.sheets import HEAD, sheet_of, upload
from tests.marketplace.buying import NOW


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def send(wuchuan, django_capture_on_commit_callbacks):
    """Sent in and looked through."""

    def sending(*rows, content=b"", head=HEAD) -> RegisterImport:
        content = content or sheet_of(*rows, head=head)
        with django_capture_on_commit_callbacks(execute=True):
            job = start_import(county=wuchuan, file=upload(content), by=None, now=NOW)
        job.refresh_from_db()
        return job

    return sending


@pytest.fixture
def write(wuchuan, django_capture_on_commit_callbacks):
    def writing(job) -> RegisterImport:
        with django_capture_on_commit_callbacks(execute=True):
            order_writing(county=wuchuan, job_id=job.pk)
        job.refresh_from_db()
        return job

    return writing
