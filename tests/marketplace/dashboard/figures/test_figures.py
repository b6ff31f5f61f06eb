"""The operator's figures: a month is begun, counted, looked through, published or dropped."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from catalog.assistance.models import Batch, Cell
from marketplace.reports import making
from marketplace.reports.tasks import make_month
from tests.factories.figures import agreement, batch, households, record
from tests.marketplace.buying import NOW

pytestmark = pytest.mark.django_db
ROOM = "/en/dashboard/figures/"
OCTOBER = date(2026, 10, 1)
EARLY = NOW - timedelta(days=3)


@pytest.fixture
def paid():
    people = households(40)
    record(agreement(), people[:30], "3000.00", date(2026, 10, 3))
    record(agreement(mode="rent"), people[10:], "900.00", date(2026, 9, 3))
    record(agreement(mode="wages"), people[:3], "300.00", date(2026, 10, 4))


def read(office, path: str = ROOM, **headers) -> str:
    response = office.get(path, headers=headers)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def begin(office, captured, month="2026-10"):
    with captured(execute=True):
        return office.post(ROOM, {"month": month})


def test_without_any_batch_the_room_says_so(office):
    assert "Nothing published yet" in read(office)


def test_a_month_is_begun_counted_looked_through_and_published(
    office, operator, paid, django_capture_on_commit_callbacks
):
    answer = begin(office, django_capture_on_commit_callbacks)
    made = Batch.objects.get()
    here = f"{ROOM}{made.pk}/"
    assert answer["Location"] == here
    assert (made.state, made.number, made.begun_by) == ("ready", "2026-10-1", operator)
    assert "Figures to publish" in read(office, "/en/dashboard/")
    page = read(office, here)
    for words in ("Counted and proved", "True values, for the staff alone", "¥3,300.00"):
        assert words in page
    assert page.count("Hidden with them</span>") == len(
        [one for one in made.cells.filter(is_hidden=True) if one.households >= 5]
    )
    assert "Publish these figures?" in read(office, f"{here}publish/")
    made.refresh_from_db()
    assert made.state == "ready"
    assert office.post(f"{here}publish/")["Location"] == here
    made.refresh_from_db()
    assert (made.state, made.published_by, made.cutoff) == ("published", operator, NOW)
    assert "Figures to publish" not in read(office, "/en/dashboard/")
    assert f"{here}publish/" not in read(office, here)


def test_the_filters_find_tables_hidden_ones_and_what_has_changed(
    office, paid, django_capture_on_commit_callbacks
):
    begin(office, django_capture_on_commit_callbacks)
    old = Batch.objects.get()
    office.post(f"{ROOM}{old.pk}/publish/")
    record(agreement(mode="trust"), households(9), "90.00", date(2026, 10, 5), EARLY)
    begin(office, django_capture_on_commit_callbacks)
    here = f"{ROOM}{Batch.objects.latest('pk').pk}/"
    assert "Differences are from 2026-10-1" in read(office, here)
    small = read(office, f"{here}?table=mode&only=small")
    assert small.count('class="row row--figure row--hidden"') == 2
    changed = read(office, f"{here}?table=all&only=changed")
    assert changed.count('class="row row--figure') == 3
    assert "+9 households, +¥90.00" in changed
    assert "No such figures" in read(office, f"{here}?table=specialty&only=small")
    assert "field--wrong" in read(office, f"{here}?only=mars")


def little(paid_to=21) -> tuple[str, Batch]:
    """The address of a batch in which October's only county has a household more than before."""
    for state, at, count in (("published", EARLY, 20), ("ready", NOW, paid_to)):
        out_at = {"published_at": at, "is_under_way": None} if state == "published" else {}
        made = batch(OCTOBER, at, state=state, **out_at)
        where = {"table": "county", "row": "150125", "span": "month", "begins_on": OCTOBER}
        Cell.objects.create(batch=made, households=count, amount=Decimal(count * 10), **where)
    return f"{ROOM}{made.pk}/", made


def test_figures_that_change_a_little_are_counted_found_and_published_with_a_tick(office):
    here, made = little()
    words = "1 published figure changes by 1 to 4 households"
    assert words in read(office, here)
    assert "+1 households, +¥10.00" in read(office, f"{here}?only=little")
    page = read(office, f"{here}publish/")
    for text in (words, "subtract", "I have looked at this 1 figure", 'name="little_is_seen"'):
        assert text in page
    assert office.post(f"{here}publish/", {"little_is_seen": "on"})["Location"] == here
    made.refresh_from_db()
    assert made.state == "published"
    assert words not in read(office, here)


def test_without_the_tick_it_is_refused_beside_it_and_nothing_changes(office, operator):
    here, made = little()
    stored = Batch.objects.filter(pk=made.pk).values().get()
    response = office.post(f"{here}publish/")
    assert response.status_code == 409
    assert list(response.context["form"].errors) == ["little_is_seen"]
    page = response.content.decode()
    assert "Not published. Look at the 1 figure" in page.partition("field--wrong")[2]
    assert Batch.objects.filter(pk=made.pk).values().get() == stored


@pytest.mark.parametrize("count", [20, 25])
def test_a_batch_that_changes_nothing_or_more_asks_for_no_tick(office, count):
    here, made = little(count)
    assert "1 to 4 households, or" not in read(office, here)
    assert "little_is_seen" not in read(office, f"{here}publish/")
    assert "No such figures" in read(office, f"{here}?only=little")
    office.post(f"{here}publish/")
    made.refresh_from_db()
    assert made.state == "published"


@pytest.mark.parametrize("month", ["", "2026-13", "2026-12", "2020-01", "x", "2026-10-01"])
def test_a_month_that_is_none_is_said_beside_the_field_and_nothing_begins(office, month):
    response = office.post(ROOM, {"month": month})
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["month"]
    assert "field--wrong" in response.content.decode()
    assert not Batch.objects.exists()


def test_a_second_batch_is_refused_in_words(office):
    batch(OCTOBER, NOW)
    response = office.post(ROOM, {"month": "2026-10"})
    assert response.status_code == 409
    assert "A batch is under way already" in response.content.decode()
    assert Batch.objects.count() == 1


def test_while_it_is_counted_the_page_says_how_far_and_asks_again(office):
    made = batch(OCTOBER, NOW, done=3, total=14)
    here = f"{ROOM}{made.pk}/"
    page = read(office, here)
    assert 'max="14" value="3"' in page
    assert f'hx-get="{here}" hx-trigger="every 1s"' in page
    part = read(office, here, **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'max="14" value="3"' in part


@pytest.mark.parametrize("state", ["making", "ready"])
def test_what_is_under_way_can_be_dropped_after_asking(office, state):
    made = batch(OCTOBER, NOW, state=state)
    assert "Drop this batch?" in read(office, f"{ROOM}{made.pk}/drop/")
    office.post(f"{ROOM}{made.pk}/drop/")
    made.refresh_from_db()
    assert (made.state, made.is_under_way) == ("dropped", None)


@pytest.mark.parametrize("step", ["publish", "drop"])
def test_what_has_gone_on_meanwhile_is_refused_in_words(office, step):
    made = batch(OCTOBER, NOW, state="dropped", is_under_way=None)
    answer = office.post(f"{ROOM}{made.pk}/{step}/", follow=True)
    assert "This batch has gone on meanwhile" in answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.published_at) == ("dropped", None)


def test_a_failure_is_kept_and_said_and_another_can_be_begun(
    office, paid, monkeypatch, django_capture_on_commit_callbacks
):
    def breaks(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(making, "freeze_sales", breaks)
    made = batch(OCTOBER, NOW)
    with pytest.raises(ZeroDivisionError):
        make_month(made.pk)
    made.refresh_from_db()
    assert (made.state, made.proof) == ("failed", {"failure": "broken"})
    assert "Counting broke off" in read(office, f"{ROOM}{made.pk}/")
    monkeypatch.undo()
    begin(office, django_capture_on_commit_callbacks)
    assert Batch.objects.latest("pk").state == "ready"


def test_what_cannot_be_hidden_fails_in_words(office, paid, monkeypatch):
    monkeypatch.setattr(
        "catalog.assistance.services.batches.hide_figures",
        lambda figures, *_: frozenset(at for at, one in figures.items() if one.is_small),
    )
    made = batch(OCTOBER, NOW)
    make_month(made.pk)
    made.refresh_from_db()
    assert (made.state, made.proof) == ("failed", {"failure": "not_proved"})
    assert "could be worked out" in read(office, f"{ROOM}{made.pk}/")


@pytest.mark.parametrize("state", ["ready", "dropped"])
def test_a_task_that_comes_twice_or_late_does_nothing(paid, state):
    made = batch(OCTOBER, NOW, state=state, is_under_way=True if state == "ready" else None)
    make_month(made.pk)
    made.refresh_from_db()
    assert (made.state, made.done, made.cells.count()) == (state, 0, 0)


def test_a_batch_that_is_not_there_is_not_found(office):
    for step in ("", "publish/", "drop/"):
        assert office.get(f"{ROOM}999/{step}").status_code == 404
    assert office.post(f"{ROOM}999/publish/").status_code == 404


def cells_of(made: Batch, count: int) -> None:
    Cell.objects.bulk_create(
        Cell(
            batch=made,
            table="cooperative",
            row=str(number),
            span="quarter",
            begins_on=OCTOBER,
            households=9,
            amount=Decimal(90),
        )
        for number in range(count)
    )


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_cost_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for _ in range(count):
        out = batch(OCTOBER, NOW, state="published", is_under_way=None, published_at=EARLY)
    cells_of(out, count)
    made = batch(OCTOBER, NOW, state="ready")
    cells_of(made, count)
    made.cells.update(amount=Decimal(91))
    office.get(ROOM)
    with django_assert_max_num_queries(6):
        assert read(office).count('class="row row--batch"') == count + 1
    with django_assert_max_num_queries(16):
        assert read(office, f"{ROOM}{made.pk}/?only=little").count("+¥1.00") == count
    with django_assert_max_num_queries(8):
        assert f"looked at th{'ese' if count > 1 else 'is'} {count} figure" in read(
            office, f"{ROOM}{made.pk}/publish/"
        )
