"""Signed pages and evidence lie sealed, and are opened for those who may see them."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.files.base import ContentFile

from catalog.assistance.models import AgreementFile, Evidence
from catalog.assistance.services import add_files
from catalog.households.sealed_files import sealed_storage
from catalog.households.services import resealing
from marketplace.uploads import private_storage
from tests.factories.assistance import AT, agreement_of, clerk_of_county, record_of
from tests.factories.files import PDF

pytestmark = pytest.mark.django_db


def on_disk(name: str) -> bytes:
    with private_storage().open(name) as file:
        return file.read()


def content_of(row) -> bytes:
    with type(row).objects.get(pk=row.pk).file.open("rb") as file:
        return file.read()


def signed_page() -> AgreementFile:
    agreement = agreement_of()
    add_files(
        agreement_id=agreement.pk,
        files=[ContentFile(PDF, name="signed.pdf")],
        by=clerk_of_county(),
        now=AT,
    )
    return agreement.files.get()


def test_on_the_disk_nothing_of_a_file_can_be_read_and_who_may_see_it_gets_it_whole():
    for row in (signed_page(), record_of().evidence.get()):
        assert b"PDF" not in on_disk(row.file.name)
        assert not on_disk(row.file.name).startswith(PDF[:4])
        assert content_of(row) == PDF
        assert row.file.size == len(PDF)
        with pytest.raises(ValueError, match="only read"):
            row.file.storage.open(row.file.name, "wb")


def test_a_new_key_takes_files_over_too_and_no_old_file_stays(settings):
    rows = [signed_page(), record_of().evidence.get()]
    shared = Evidence.objects.create(record=rows[1].record, file=rows[0].file.name, at=AT)
    lost = Evidence.objects.create(record=rows[1].record, file="evidence/lost.pdf", at=AT)
    before = {row.file.name for row in rows}
    new = Fernet.generate_key().decode()
    settings.HOUSEHOLD_KEYS = [new, *settings.HOUSEHOLD_KEYS]
    list(resealing.reseal_households())
    settings.HOUSEHOLD_KEYS = [new]
    names = {type(row).objects.get(pk=row.pk).file.name for row in rows}
    assert len(names) == 2
    assert not names & before
    assert not any(sealed_storage().exists(name) for name in before)
    assert [content_of(row) for row in (*rows, shared)] == [PDF] * 3
    lost.refresh_from_db()
    assert lost.file.name == "evidence/lost.pdf"
    list(resealing.reseal_households())
    assert {type(row).objects.get(pk=row.pk).file.name for row in rows} == names


def test_without_its_key_a_file_is_not_opened(settings):
    row = signed_page()
    settings.HOUSEHOLD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(InvalidToken):
        content_of(row)
