"""Messages in the back office: found, read, sent again; and those that the demonstration keeps."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend

from marketplace.dashboard.messages.kept import FILE_BACKEND
from marketplace.outbox.models import Message
from marketplace.outbox.querysets import MOST_ATTEMPTS
from tests.marketplace.buying import NOW, order_for

pytestmark = pytest.mark.django_db
LIST = "/en/dashboard/messages/"
COUNT = re.compile(r'data-state="(\w*)"[^>]*>[^<]*<span class="chip__count">(\d+)<')


def message(event="order_paid:YS1", recipient="lilan@example.com", **changes) -> Message:
    values = {"subject": "订单 <b>", "body": "您的订单\n第二行 <b>", **changes}
    return Message.objects.create(event=event, recipient=recipient, **values)


def sent(event: str = "order_placed:YS1") -> Message:
    return message(event, sent_at=NOW, attempts=1)


def stuck(event: str = "order_expired:YS1", attempts: int = 3) -> Message:
    return message(
        event,
        attempts=attempts,
        last_error="no mail server <b>",
        next_attempt_at=NOW + timedelta(minutes=4),
    )


def shown(office, **params) -> list[int]:
    response = office.get(LIST, params)
    assert response.status_code == 200
    found = re.findall(r'href="/en/dashboard/messages/(\d+)/"', response.content.decode())
    return [int(key) for key in found]


def test_a_row_says_to_whom_about_what_and_how_far_it_is(office):
    sent()
    stuck()
    message()
    page = office.get(LIST).content.decode()
    for words in (
        "lilan@example.com",
        "订单 &lt;b&gt;",
        "Order paid",
        "Sent",
        "Waiting",
        "Tried 3",
    ):
        assert words in page
    assert "no mail server &lt;b&gt;" in page
    assert "3 messages" in page


def test_states_are_counted_and_shown_newest_first(office):
    done, failed, waiting = sent(), stuck(), message()
    forgotten = message("order_paid:YS2")
    Message.objects.filter(pk=forgotten.pk).update(created_at=NOW - timedelta(minutes=10))
    assert shown(office) == [forgotten.pk, waiting.pk, failed.pk, done.pk]
    assert shown(office, state="waiting") == [waiting.pk]
    assert shown(office, state="stuck") == [forgotten.pk, failed.pk]
    page = office.get(LIST).content.decode()
    assert dict(COUNT.findall(page)) == {"": "4", "waiting": "1", "stuck": "2"}
    assert "Is the worker running?" in page


def test_recipient_and_order_find_messages(office):
    one, other = (
        message("order_paid:YS20261123-AAAAAA"),
        message("order_paid:YS2", "wu@example.com"),
    )
    assert shown(office, q="wu@") == [other.pk]
    assert shown(office, q="123-aaa") == [one.pk]
    assert shown(office, q="LILAN") == [one.pk]
    assert shown(office, q="%") == []
    assert "No message fits" in office.get(LIST, {"q": "%"}).content.decode()


@pytest.mark.parametrize("params", [{"state": "x"}, {"q": "x" * 10_000}, {"q": "a\x00"}])
def test_wrong_filters_change_nothing(office, params):
    message()
    assert shown(office, **params) == [Message.objects.get().pk]


@pytest.mark.parametrize("asked", ["abc", "0", "2", "9" * 30])
def test_a_page_that_is_not_there_leads_to_the_nearest(office, asked):
    assert office.get(LIST, {"page": asked})["Location"] == LIST


def test_a_message_shows_its_whole_text_and_its_order(office):
    order = order_for()
    made = message(f"order_refunded:{order.number}:7")
    page = office.get(f"{LIST}{made.pk}/").content.decode()
    assert "第二行 &lt;b&gt;" in page
    assert f'href="/en/dashboard/orders/{order.number}/"' in page
    assert "Refunded" in page
    foreign = message("somebody_new:YS0:<b>")
    page = office.get(f"{LIST}{foreign.pk}/").content.decode()
    assert "somebody_new:YS0:&lt;b&gt;" in page
    assert "/dashboard/orders/YS0" not in page


def test_one_that_did_not_get_through_is_sent_again_at_once(
    office, django_capture_on_commit_callbacks
):
    made = stuck(attempts=MOST_ATTEMPTS)
    path = f"{LIST}{made.pk}/"
    assert "given up" in office.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(path)
    assert response["Location"] == path
    assert [one.to for one in mail.outbox] == [["lilan@example.com"]]
    made.refresh_from_db()
    assert (made.sent_at, made.attempts, made.last_error) == (NOW, 1, "")
    assert "Send again now" not in office.get(path).content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"sent_at": NOW, "attempts": 1},
        {"attempts": 1, "next_attempt_at": NOW + timedelta(minutes=2)},
        {"attempts": 3, "next_attempt_at": NOW + timedelta(minutes=8), "last_error": "x"},
    ],
    ids=["sent", "being tried", "being tried again"],
)
def test_what_was_sent_or_is_being_sent_is_not_sent_twice(
    office, changes, django_capture_on_commit_callbacks
):
    made = message(**changes)
    before = Message.objects.values().get()
    with django_capture_on_commit_callbacks(execute=True):
        response = office.post(f"{LIST}{made.pk}/", follow=True)
    assert "Nothing was changed" in response.content.decode()
    assert mail.outbox == []
    assert Message.objects.values().get() == before


@pytest.mark.parametrize("key", [1, 10**30])
def test_a_message_that_is_not_there_is_not_found(office, key):
    assert office.get(f"{LIST}{key}/").status_code == 404
    assert office.post(f"{LIST}{key}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(office, count, django_assert_max_num_queries):
    for place in range(count):
        message(f"order_paid:{order_for().number}:{place}")
    Message.objects.filter(event__startswith="order_placed").delete()
    office.get(LIST)
    with django_assert_max_num_queries(5):
        assert len(shown(office)) == count


def test_without_messages_the_list_says_what_comes_there(office):
    assert "No messages yet" in office.get(LIST).content.decode()


@pytest.fixture
def kept(settings, tmp_path):
    """Mails are kept as files; writes one."""
    settings.EMAIL_BACKEND = FILE_BACKEND
    settings.EMAIL_FILE_PATH = tmp_path / "mail"

    def write(subject: str, to: str = "lilan@example.com", body: str = "打开") -> None:
        EmailBackend(file_path=settings.EMAIL_FILE_PATH).send_messages(
            [EmailMessage(subject, body, to=[to])]
        )

    return write


def test_where_mails_are_sent_there_is_no_second_list(office):
    page = office.get(LIST).content.decode()
    assert "demonstration" not in page
    assert 'id="sign-in"' not in page


def test_the_demonstration_says_that_nothing_is_sent_and_shows_sign_in_mails(office, kept):
    kept("请确认 <邮箱>", body="第一行\n<b> http://shop.test/confirm/")
    page = office.get(LIST).content.decode()
    assert "never sent" in page
    assert "请确认 &lt;邮箱&gt;" in page
    assert "23 November 09:30" in page.partition('id="sign-in"')[2]
    assert '&lt;b&gt; <a href="http://shop.test/confirm/"' in page


def test_the_shops_own_messages_do_not_stand_twice(office, kept):
    subject = "阴山集订单 YS20261123-0001-222222 已付款，正在装箱"
    message(subject=subject, sent_at=NOW)
    kept(subject)
    section = office.get(LIST).content.decode().partition('id="sign-in"')[2]
    assert "装箱" not in section
    assert "Nobody has asked for one yet" in section


def test_half_written_and_strange_files_are_left_out(office, kept, settings):
    kept("好的一封")
    folder = settings.EMAIL_FILE_PATH
    (folder / "1.log").write_bytes(b"Subject: half")
    (folder / "2.log").write_bytes(b"")
    (folder / "3.log").write_bytes(
        b"Content-Type: text/plain; charset=nonsense\nSubject: x\nTo: a@b.c\n"
        b"Date: Mon, 23 Nov 2026 09:30:00 +0800\n\n\xff\xfe"
    )
    (folder / "4.log").write_bytes(b"Subject: x\nTo: y\nDate: yesterday\n\nbody")
    (folder / "5.log").mkdir()
    page = office.get(LIST).content.decode()
    assert "好的一封" in page
    assert page.count('<details class="kept">') == 1


def test_a_folder_that_is_not_there_yet_is_empty(office, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FILE_BACKEND, tmp_path / "none"
    assert "Nobody has asked for one yet" in office.get(LIST).content.decode()
