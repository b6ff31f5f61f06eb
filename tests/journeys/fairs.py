"""A fair from last year's pages to its last day, as each who has a part in it sees it."""

from datetime import timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cms.expos.models import FairPage
from marketplace.fairs.models import Door, Exhibitor, Fair, Session, Ticket
from tests.journeys.phones import Phone
from tests.journeys.steps import words

EARLIER, NAME, SLUG = "银杏底下", "明年银杏底下（虚构）", "yinxing-xin"
COOPERATIVE = "云麦垛"
SEATS = 1


def fair() -> Fair:
    return Fair.objects.get(name=NAME)


def exhibitor() -> Exhibitor:
    return Exhibitor.objects.get(fair=fair())


def page_of_fair() -> FairPage:
    return FairPage.objects.get(fair__name=NAME, locale__language_code="zh-hans")


def admin(page: Page, site: str, name: str, *args: object) -> None:
    page.goto(site + reverse(name, args=args))


def press(page: Page, message: str, **values: object) -> None:
    """A button of the admin's own screens, which lead to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=words(message, **values), exact=True).first.click()


# -- the organiser and the approver ----------------------------------------------------------


def makes_it_from_last_years(page: Page, site: str) -> None:
    earlier = FairPage.objects.get(fair__name__contains=EARLIER, locale__language_code="zh-hans")
    admin(page, site, "wagtailadmin_explore", earlier.get_parent().pk)
    row = page.locator("tr", has_text=EARLIER)
    row.locator("[data-w-dropdown-target=toggle]").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name=words("A new fair from this one")).first.click()
    begins_on = timezone.localdate() + timedelta(days=40)
    for field, value in {"name": NAME, "slug": SLUG, "begins_on": begins_on.isoformat()}.items():
        page.locator(f"[name={field}]").fill(value)
    page.keyboard.press("Escape")
    press(page, "Make the draft")
    expect(page.locator("[name=title]")).to_have_value(NAME)


def hands_it_in(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator("button[name=action-submit]").click()


def approves_it(page: Page, site: str) -> None:
    admin(page, site, "wagtailadmin_pages:edit", page_of_fair().pk)
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator("[data-workflow-action-name=approve] >> visible=true").first.click()
    assert page_of_fair().live


def sets_a_deadline(page: Page, site: str) -> None:
    admin(page, site, "fairs:edit", fair().pk)
    until = timezone.localtime() + timedelta(days=9)
    page.locator("[name=call_closes_at]").fill(f"{until:%Y-%m-%d %H:%M}")
    page.locator("#header-title").click()  # the calendar closes
    page.locator("[name=permit_number]").fill("演示-大型活动-2708")
    with page.expect_navigation():
        page.locator("footer button[type=submit]").first.click()
    assert fair().call_closes_at is not None


def takes_the_next_step(page: Page, site: str, message: str, state: str) -> None:
    admin(page, site, "fair_desk:desk", fair().pk)
    press(page, message)
    assert fair().state == state


def scores_and_accepts(page: Page, site: str) -> None:
    admin(page, site, "fair_desk:application", fair().pk, exhibitor().pk)
    for mark in ("households", "recognition", "stock", "complaints"):
        page.locator(f"[name={mark}]").fill("4")
    press(page, "Keep the marks")
    press(page, "Accept")
    assert exhibitor().state == Exhibitor.State.ACCEPTED


def gives_a_booth(page: Page, site: str) -> None:
    admin(page, site, "fair_desk:booths", fair().pk)
    with page.expect_navigation():
        page.get_by_role("link", name="A01").click()
    choice = page.locator("[name=exhibitor] option", has_text=COOPERATIVE)
    page.locator("[name=exhibitor]").select_option(choice.get_attribute("value"))
    press(page, "Hold it for them")


def has_one_seat_for_the_talk(page: Page, site: str) -> None:
    talk = talk_of_fair()
    admin(page, site, "fair_visitors:sessions", fair().pk)
    form = page.locator("form", has=page.locator(f"[name=session][value='{talk.pk}']"))
    form.locator("[name=capacity]").fill(str(SEATS))
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert talk_of_fair().capacity == SEATS


def opens_doors(page: Page, site: str, *names: str) -> None:
    for name in names:
        admin(page, site, "fair_visitors:doors", fair().pk)
        page.locator("[name=name]").fill(name)
        press(page, "Open a door")
    assert Door.objects.filter(fair=fair()).count() == len(names)


def counts(page: Page, site: str, came: int) -> None:
    admin(page, site, "fair_visitors:live", fair().pk)
    expect(page.locator("main")).to_contain_text(str(came))


# -- the cooperative -------------------------------------------------------------------------


def applies(phone: Phone, cooperative: str) -> None:
    phone.open("coop_fairs", cooperative)
    phone.follow("Apply")
    phone.page.locator("main [name=goods]").first.check()
    phone.fill({"q_new": "今年的新莜麦"})
    phone.page.locator("main [name=q_power][value=no]").check()
    phone.press("Hand it in")
    assert exhibitor().state == Exhibitor.State.APPLIED


def confirms_the_booth(phone: Phone, cooperative: str) -> None:
    phone.open("coop_fair", cooperative, fair().pk)
    phone.press("Confirm the booth")
    assert fair().allotments.get().confirmed_at is not None


# -- visitors and doors ----------------------------------------------------------------------


def talk_of_fair() -> Session:
    return Session.objects.filter(fair=fair(), kind=Session.Kind.TALK).get()


def signs_up(phone: Phone, name: str, number: str) -> Ticket:
    """On the fair's page, for the day of the talk and the talk."""
    phone.go(f"/expos/{SLUG}/")
    talk = talk_of_fair()
    entry = Session.objects.get(
        fair=fair(), kind=Session.Kind.ENTRY, begins_at__date=talk.begins_at.date()
    )
    phone.fill({"name": name, "phone": number, "day": str(entry.pk)})
    phone.page.locator(f"main [name=sessions][value='{talk.pk}']").check()
    phone.page.locator("main [name=consent]").check()
    phone.press("Get a ticket")
    return Ticket.objects.get(fair=fair(), phone=number)


def gives_the_seat_back(phone: Phone, ticket: Ticket) -> None:
    phone.go(reverse("tickets:page", args=[ticket.code]))
    seat = phone.page.locator(".ticket__seat", has_text=talk_of_fair().title)
    seat.locator("summary").click()
    phone.come_by(seat.locator("button").click)


def the_days_come() -> None:
    """Today is the day of the talk, and the fair's last."""
    row = fair()
    by = timezone.localdate() - row.ends_on
    Session.objects.filter(fair=row).update(
        begins_at=F("begins_at") + by, ends_at=F("ends_at") + by
    )
    Fair.objects.filter(pk=row.pk).update(
        begins_on=row.begins_on + by,
        ends_on=row.ends_on + by,
        call_closes_at=timezone.now() - timedelta(days=20),
    )


def lets_in(phone: Phone, door: str, ticket: Ticket, says: str) -> None:
    token = Door.objects.get(fair=fair(), name=door).token
    phone.page.goto(phone.shop + reverse("doors:page", args=[token]))
    phone.page.locator("[name=ticket]").fill(ticket.number)
    phone.page.get_by_role("button", name=words("Let in")).click()
    expect(phone.page.locator("#door-answer")).to_contain_text(says)
