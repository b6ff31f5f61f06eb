"""What lies in the database says nothing without the keys, and keys can be replaced."""

import json
from io import StringIO

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command
from django.db import connection

from catalog.households.models import Household, RegisterImport
from catalog.households.sealing import Sealed, open_bytes, seal, seal_bytes
from catalog.households.services import (
    change_household,
    erase_household,
    resealing,
    reveal_field,
)
from tests.factories.households import make_household, valid_id_number
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
MARKS = ("标记姓名", "标记村", "13987654321", "13912345678")


def plain_text_of_the_register() -> str:
    """Every column of every table of the register, as a reader of the database sees it."""
    tables = [name for name in connection.introspection.table_names() if "households_" in name]
    assert len(tables) == 6
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [bytes(v) if isinstance(v, memoryview) else v for r in cursor for v in r]
    return json.dumps(found, default=str, ensure_ascii=False)


def test_no_column_of_the_database_holds_what_was_written(wuchuan):
    household = make_household(seed=4321, name="标记姓名", phone="13987654321", address="标记村1号")
    change_household(
        county=wuchuan, code=household.code, given={"phone": "13912345678"}, by=None, now=NOW
    )
    RegisterImport.objects.create(
        county=wuchuan, sealed=seal_bytes("标记姓名".encode()), begun_at=NOW
    )
    text = plain_text_of_the_register()
    assert household.code in text
    for mark in (*MARKS, valid_id_number(4321), valid_id_number(4321)[6:14]):
        assert mark not in text


def test_nothing_sealed_is_shown_by_accident():
    sealed = seal("标记姓名")
    assert f"{sealed} {sealed!r} {[sealed]}" == "•••• •••• [••••]"
    assert sealed.open() == "标记姓名"


def test_a_plain_text_cannot_be_stored_by_mistake():
    household = make_household()
    household.name = "标记姓名"
    with pytest.raises(TypeError, match=r"^name is kept sealed$"):
        household.save()


def reseal() -> str:
    out = StringIO()
    call_command("reseal_households", stdout=out)
    return out.getvalue().splitlines()[-1]


def test_a_new_key_takes_over_and_the_old_one_can_go(settings, wuchuan, monkeypatch):
    monkeypatch.setattr(resealing, "CHUNK", 2)
    households = [make_household(seed=seed) for seed in range(5)]
    sheet = RegisterImport.objects.create(county=wuchuan, sealed=seal_bytes(b"sheet"), begun_at=NOW)
    old = settings.HOUSEHOLD_KEYS
    new = Fernet.generate_key().decode()
    settings.HOUSEHOLD_KEYS = [new, *old]
    make_household(seed=5)
    assert Household.objects.get(pk=households[0].pk).name.open() == households[0].name.open()
    assert reseal() == "Sealed anew: 5. Older keys can be taken away now."
    assert reseal() == "Sealed anew: 0. Older keys can be taken away now."
    settings.HOUSEHOLD_KEYS = [new]
    for seed, household in enumerate(households):
        row = Household.objects.get(pk=household.pk)
        assert row.id_number.open() == valid_id_number(seed)
        assert (row.id_digest, row.code) == (household.id_digest, household.code)
    sheet.refresh_from_db()
    assert open_bytes(bytes(sheet.sealed)) == b"sheet"
    settings.HOUSEHOLD_KEYS = old
    with pytest.raises(InvalidToken):
        Household.objects.first().name.open()


def test_sealing_anew_goes_chunk_by_chunk_and_leaves_out_what_is_done(settings):
    for seed in range(5):
        make_household(seed=seed)
    settings.HOUSEHOLD_KEYS = [Fernet.generate_key().decode(), *settings.HOUSEHOLD_KEYS]
    interrupted = resealing.reseal_households(chunk=2)
    assert next(interrupted) == 2
    interrupted.close()
    assert list(resealing.reseal_households(chunk=2)) == [0, 2, 1]


def test_an_erased_household_has_nothing_to_seal_anew(settings, wuchuan):
    household = make_household()
    erase_household(county=wuchuan, code=household.code, reason="已经搬走", by=None, now=NOW)
    settings.HOUSEHOLD_KEYS = [Fernet.generate_key().decode(), *settings.HOUSEHOLD_KEYS]
    assert list(resealing.reseal_households()) == []


def test_a_text_under_no_key_of_ours_is_an_error_and_shows_nothing(wuchuan):
    household = make_household()
    foreign = Fernet(Fernet.generate_key()).encrypt(b"x").decode()
    Household.objects.filter(pk=household.pk).update(name=Sealed(foreign))
    with pytest.raises(InvalidToken):
        reveal_field(
            county=wuchuan, code=household.code, field="name", reason="核对姓名", by=None, now=NOW
        )
    assert household.reveals.count() == 0


def test_a_sheet_that_was_given_up_meanwhile_is_passed_over(settings, wuchuan):
    sheet = RegisterImport.objects.create(county=wuchuan, sealed=None, begun_at=NOW)
    resealing.reseal_sheet(sheet.pk)
    resealing.reseal_sheet(sheet.pk + 1)
    sheet.refresh_from_db()
    assert sheet.sealed is None
