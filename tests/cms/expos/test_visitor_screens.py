"""What the organiser sees of visitors in the admin."""

import uuid
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from marketplace.accounts.models import User
from marketplace.fairs.models import Door, Session
from marketplace.fairs.services.check_in import check_in
from marketplace.fairs.services.seats import cancel_ticket
from tests.factories.visitors import (
    BEFORE,
    FIRST_DAY,
    DoorFactory,
    SessionFactory,
    TalkFactory,
    phone_of,
    ticket_of,
)

pytestmark = pytest.mark.django_db
SCREENS = ("", "list/", "list/results/", "seats/", "doors/")


@pytest.fixture(autouse=True)
def _on_the_day(time_machine):
    time_machine.move_to(FIRST_DAY, tick=False)


@pytest.fixture
def organiser(client):
    user = User.objects.create_user("organiser@example.com")
    rights = Permission.objects.filter(codename__in=("access_admin", "change_fair"))
    user.user_permissions.add(*rights)
    client.force_login(user)
    return user


def address(fair, screen=""):
    return f"/cms/fair-visitors/{fair.pk}/{screen}"


def came(ticket, door, now=FIRST_DAY):
    check_in(door=door, text=ticket.code, scan_id=uuid.uuid4(), now=now)


def listed(client, fair, **query):
    response = client.get(address(fair, "list/"), query)
    return {ticket.number for ticket in response.context["object_list"]}


@pytest.mark.parametrize("screen", SCREENS)
def test_every_screen_opens_for_an_organiser(client, organiser, entry, screen):
    ticket_of(entry, now=BEFORE)
    DoorFactory(fair=entry.fair)
    response = client.get(address(entry.fair, screen))
    assert response.status_code == 200


@pytest.mark.parametrize("screen", SCREENS)
def test_no_screen_opens_for_others(client, entry, screen):
    user = User.objects.create_user("editor@example.com")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert client.get(address(entry.fair, screen)).headers["Location"] == "/cms/"
    assert client.post(address(entry.fair, "doors/"), {"name": "x"}).status_code == 302
    assert not Door.objects.exists()


@pytest.mark.parametrize("screen", SCREENS)
def test_a_fair_that_is_none_is_not_found(client, organiser, screen):
    assert client.get(f"/cms/fair-visitors/987654/{screen}").status_code == 404


def test_the_desk_of_the_fair_leads_to_its_visitors_and_they_lead_back(client, organiser, entry):
    desk = f"/cms/fair/{entry.fair_id}/"
    assert address(entry.fair) in client.get(desk).content.decode()
    for screen in ("", "list/", "seats/", "doors/"):
        assert desk in client.get(address(entry.fair, screen)).content.decode()


def test_visitors_are_found_by_number_name_and_the_end_of_the_phone(client, organiser, entry):
    one = ticket_of(entry, number=1234, name="李岚", now=BEFORE)
    two = ticket_of(entry, number=5678, name="王二", now=BEFORE)
    assert listed(client, entry.fair) == {one.number, two.number}
    assert listed(client, entry.fair, q=one.number) == {one.number}
    assert listed(client, entry.fair, q="王") == {two.number}
    assert one.number in listed(client, entry.fair, q="1234")
    assert listed(client, entry.fair, q="没有") == set()


def test_the_list_shows_no_whole_phone_number(client, organiser, entry):
    ticket_of(entry, number=1234, now=BEFORE)
    page = client.get(address(entry.fair, "list/")).content.decode()
    assert phone_of(1234) not in page
    assert "138****1234" in page


def test_the_list_has_only_the_visitors_of_its_fair(client, organiser, entry):
    ticket_of(SessionFactory(), now=BEFORE)
    assert listed(client, entry.fair) == set()


def test_visitors_are_filtered_by_day_session_and_state(client, organiser, entry):
    second, talk = SessionFactory(fair=entry.fair, on=1), TalkFactory(fair=entry.fair, capacity=1)
    here = ticket_of(entry, talk, number=1, now=BEFORE)
    waits = ticket_of(entry, talk, number=2, now=BEFORE)
    tomorrow = ticket_of(second, number=3, now=BEFORE)
    gone = ticket_of(second, number=4, now=BEFORE)
    cancel_ticket(code=gone.code, now=BEFORE)
    came(here, DoorFactory(fair=entry.fair))
    everybody = {here.number, waits.number, tomorrow.number}
    assert listed(client, entry.fair, day=second.pk) == {tomorrow.number}
    assert listed(client, entry.fair, session=talk.pk) == {here.number, waits.number}
    assert listed(client, entry.fair, state="waiting") == {waits.number}
    assert listed(client, entry.fair, state="came") == {here.number}
    assert listed(client, entry.fair, state="missing") == {waits.number, tomorrow.number}
    assert listed(client, entry.fair, state="cancelled") == {gone.number}
    assert listed(client, entry.fair, state="confirmed") == everybody
    assert client.get(address(entry.fair, "list/"), {"state": "x", "day": "y"}).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_export_is_whole_harmless_and_written_down(client, organiser, entry, kind):
    ticket = ticket_of(entry, number=1, name="=1+1", email="li@example.com", now=BEFORE)
    came(ticket, DoorFactory(fair=entry.fair))
    response = client.get(address(entry.fair, "list/"), {"export": kind})
    content = b"".join(response.streaming_content)
    if kind == "csv":
        assert content.startswith("\ufeff".encode())
        assert f"{ticket.number},'=1+1,{phone_of(1)},li@example.com" in content.decode()
        assert "2027-01-15 10:42" in content.decode()
    else:
        sheet = load_workbook(BytesIO(content)).active
        cells = sheet[2]
        assert [cell.value for cell in cells[:3]] == [ticket.number, "=1+1", phone_of(1)]
        assert cells[1].data_type == "s"
        assert cells[9].value == "2027-01-15 10:42"
    entry_of_log = ModelLogEntry.objects.get(action="fairs.export_visitors")
    assert (entry_of_log.user, entry_of_log.object_id) == (organiser, str(entry.fair_id))
    assert entry_of_log.data == {"format": kind, "rows": 1}


def test_looking_at_the_list_is_not_written_down(client, organiser, entry):
    client.get(address(entry.fair, "list/"))
    assert not ModelLogEntry.objects.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_any_number(
    client, organiser, entry, count, django_assert_max_num_queries
):
    talk = TalkFactory(fair=entry.fair)
    for number in range(count):
        ticket_of(entry, talk, number=number, now=BEFORE)
    client.get(address(entry.fair, "list/"))
    with django_assert_max_num_queries(13):
        response = client.get(address(entry.fair, "list/"))
    assert len(response.context["object_list"]) == count


def test_live_counts_are_by_day_door_and_hour(client, organiser, entry):
    doors = [DoorFactory(fair=entry.fair, name=name) for name in ("北门", "南门")]
    tickets = [ticket_of(entry, number=n, now=BEFORE) for n in range(4)]
    for ticket in tickets[:3]:
        came(ticket, doors[0], FIRST_DAY.replace(hour=9 + tickets.index(ticket) // 2))
    counts = client.get(address(entry.fair)).context["counts"]
    assert [(row.came, row.expected) for row in counts.days] == [(3, 4), (0, 0), (0, 0)]
    assert counts.days[0].share == 75
    assert dict(counts.doors) == {"北门": 3, "南门": 0}
    assert counts.hours == [(9, 2), (10, 1)]
    tomorrow = client.get(address(entry.fair), {"day": "2027-01-16"}).context["counts"]
    assert (tomorrow.day.day, tomorrow.hours) == (16, [])


@pytest.mark.parametrize("day", ["2027-02-31", "x", "1999-01-01", "2999-01-01"])
def test_days_that_are_none_are_led_back_into_the_fair(client, organiser, entry, day):
    counts = client.get(address(entry.fair), {"day": day}).context["counts"]
    assert counts.day in [row.day for row in counts.days]


def test_the_counts_alone_are_asked_for_again(client, organiser, entry):
    page = client.get(address(entry.fair)).content.decode()
    assert f'hx-get="{address(entry.fair)}"' in page
    part = client.get(address(entry.fair), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "<table" in part


@pytest.mark.parametrize("count", [1, 12])
def test_the_counts_cost_the_same_however_many_came(
    client, organiser, entry, count, django_assert_max_num_queries
):
    door = DoorFactory(fair=entry.fair)
    for number in range(count):
        came(ticket_of(entry, number=number, now=BEFORE), door)
    with django_assert_max_num_queries(10):
        client.get(address(entry.fair), headers={"HX-Request": "true"})


def test_more_seats_move_the_waiting_up(client, organiser, entry):
    talk = TalkFactory(fair=entry.fair, capacity=1)
    for number in (1, 2, 3):
        ticket_of(entry, talk, number=number, now=BEFORE)
    before = client.get(address(entry.fair, "seats/")).context["sessions"]
    assert [(row.taken, row.waiting) for row in before] == [(3, 0), (1, 2)]
    data = {"session": talk.pk, "capacity": 2}
    assert client.post(address(entry.fair, "seats/"), data).status_code == 302
    talk.refresh_from_db()
    assert (talk.capacity, talk.taken) == (2, 2)


@pytest.mark.parametrize("capacity", ["0", "-1", "x", "", "1", "1000000000000"])
def test_seats_that_cannot_be_are_refused_beside_their_session(client, organiser, entry, capacity):
    for number in (1, 2):
        ticket_of(entry, number=number, now=BEFORE)
    data = {"session": entry.pk, "capacity": capacity}
    response = client.post(address(entry.fair, "seats/"), data)
    assert response.status_code == 422
    assert (response.context["session_id"], response.context["typed"]) == (entry.pk, capacity)
    assert response.context["problem"]
    assert Session.objects.get().capacity == 100


def test_seats_of_another_fair_are_not_found(client, organiser, entry):
    other = SessionFactory()
    data = {"session": other.pk, "capacity": 5}
    assert client.post(address(entry.fair, "seats/"), data).status_code == 404
    other.refresh_from_db()
    assert other.capacity == 100


def test_a_door_is_opened_with_a_code_and_closed(client, organiser, entry):
    doors = address(entry.fair, "doors/")
    assert client.post(doors, {"name": "北门"}).status_code == 302
    door = Door.objects.get()
    page = client.get(doors).content.decode()
    assert f"/door/{door.token}/" in page
    assert 'class="qr"' in page
    assert client.post(f"{doors}{door.pk}/close/").status_code == 302
    door.refresh_from_db()
    assert door.closed_at == FIRST_DAY
    assert f"/door/{door.token}/" not in client.get(doors).content.decode()


@pytest.mark.parametrize("name", ["北门", "", "门" * 41])
def test_a_door_that_cannot_be_is_refused_beside_its_name(client, organiser, entry, name):
    DoorFactory(fair=entry.fair, name="北门")
    response = client.post(address(entry.fair, "doors/"), {"name": name})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert Door.objects.count() == 1


def test_a_door_of_another_fair_is_not_found(client, organiser, entry):
    door = DoorFactory()
    assert client.post(address(entry.fair, f"doors/{door.pk}/close/")).status_code == 404
    door.refresh_from_db()
    assert door.closed_at is None


def test_a_door_is_not_closed_by_a_link(client, organiser, entry):
    door = DoorFactory(fair=entry.fair)
    assert client.get(address(entry.fair, f"doors/{door.pk}/close/")).status_code == 405
    door.refresh_from_db()
    assert door.closed_at is None


def test_counts_asked_for_after_the_session_ended_show_no_sign_in_page(client, entry):
    asked = {"HX-Request": "true", "X-Requested-With": "XMLHttpRequest"}
    assert client.get(address(entry.fair), headers=asked).status_code == 403
