"""A story from its first line to its last day, as an editor, an approver and a reader meet it."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cms.stories.models import StoryIndexPage, StoryPage
from tests.journeys.steps import words

TITLE, SLUG, TEXT = "石磨响到半夜（虚构）", "shimo", "磨盘是青石的，转一圈听得见。"
ENGLISH, ENGLISH_SLUG = "The stones run till midnight (fictional)", "stones"
SPECIALTY, GOOD = "燕麦", "三熟莜面粉（炒熟）"
BOAST, PLAIN = "这是全北京最好的面。", "夜里磨的，早上装袋。"
FIGURE = {"number": "38", "unit": "斤", "label": "一夜磨的面", "source": "磨坊台账"}
COMMENT, REASON, MORE = "请看这一句够不够。", "没写账是哪天的。", "账是十一月二十日的。"
PHONE_WIDTH = 375


def story(language: str = "zh-hans") -> StoryPage:
    chinese = StoryPage.objects.get(slug=SLUG)
    return StoryPage.objects.get(
        translation_key=chinese.translation_key, locale__language_code=language
    )


# -- screens of the admin --------------------------------------------------------------------


def field(page: Page, name: str) -> Locator:
    """Of the form: "title", or "2-rule" for that of the third section."""
    number, _dash, inner = name.partition("-")
    return page.locator(f"[name='body-{number}-value-{inner}']" if inner else f"[name='{name}']")


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        field(page, name).fill(value)


def fill_section(page: Page, number: int, **values: str) -> None:
    for name, value in values.items():
        field(page, f"{number}-{name}").fill(value)


def add_section(page: Page, label: str) -> None:
    sections = page.locator("[data-contentpath=body] input[name$=-type]")
    before = sections.count()
    page.locator("[data-contentpath=body] .c-sf-add-button >> visible=true").last.click()
    page.get_by_role("option", name=label, exact=True).click()
    page.wait_for_function(
        "before => document.querySelectorAll('[name^=body-][name$=-type]').length > before",
        arg=before,
    )


def choose(page: Page, contentpath: str, name: str) -> None:
    """From the list that the field's button opens, by searching where there is much of it."""
    place = page.locator(f"[data-contentpath={contentpath}]").last
    place.locator("[data-chooser-action-choose] >> visible=true").click()
    found = page.locator(".modal-content")
    search = found.locator("[name=q]")
    if search.count():
        search.fill(name)
    found.get_by_role("link", name=name, exact=True).click()
    expect(place).to_contain_text(name)


def write_text(page: Page, text: str, *keys: str) -> None:
    """Into the first section; the editor hands its text on a moment after the last key."""
    page.locator("[data-contentpath=body] [contenteditable=true]").first.click()
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.type(text)
    page.wait_for_function(
        "text => document.querySelector('[name=body-0-value-text]').value.includes(text)", arg=text
    )


def side_panel(page: Page, name: str) -> Locator:
    panel = page.locator(f"[data-side-panel={name}]")
    if not panel.is_visible():
        page.locator(f"[data-side-panel-toggle={name}]").click()
    return panel


def press_in_footer(page: Page, button: str) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator(f"footer {button} >> visible=true").first.click()


def is_told(page: Page, text: str) -> None:
    expect(page.locator(".messages")).to_contain_text(text)


def open_from_home(page: Page, site: str, title: str) -> None:
    """By what awaits whoever signs in."""
    page.goto(f"{site}/cms/")
    with page.expect_navigation():
        page.get_by_role("link", name=title).first.click()


# -- the editor ------------------------------------------------------------------------------


def begins(page: Page, site: str) -> None:
    stories = StoryIndexPage.objects.get(locale__language_code="zh-hans")
    page.goto(site + reverse("wagtailadmin_explore", args=[stories.pk]))
    with page.expect_navigation():
        page.locator(f"a[href*='/{stories.pk}/add_subpage/']").first.click()
    fill(page, title=TITLE, kicker="磨坊里", introduction="磨盘转了一夜。")
    page.get_by_role("tab", name=words("Promote")).click()
    fill(page, slug=SLUG)
    page.get_by_role("tab", name=words("Content")).click()


def writes_sections(page: Page) -> None:
    """A text, a figure, and a shelf by a rule with one good chosen to stand in front."""
    add_section(page, "文字")
    write_text(page, TEXT)
    add_section(page, "数字")
    add_section(page, "货架")
    fill_section(page, 1, title="一盘磨的账")
    fill_section(page, 1, **{f"figures-0-value-{name}": said for name, said in FIGURE.items()})
    fill_section(page, 2, title="磨坊出来的货", feature_text=BOAST)
    field(page, "2-rule").select_option("specialty")
    choose(page, "specialty", SPECIALTY)
    choose(page, "feature", GOOD)
    field(page, "1-figures-0-value-as_of").fill("2026-11-20")
    page.keyboard.press("Escape")  # the calendar closes


def saves_a_draft(page: Page) -> None:
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    with page.expect_navigation():
        page.locator("footer .action-save").first.click()
    is_told(page, TITLE)
    assert not story().live


def is_refused_for_a_word(page: Page) -> None:
    """Beside the field, and all that was written is still there."""
    press_in_footer(page, "[name=action-submit]")
    is_told(page, "内容未通过校验")
    wrong = page.locator("[data-contentpath=feature_text]")
    expect(wrong.locator(".error-message")).to_contain_text("“最好的”属于绝对化用语")
    expect(field(page, "2-feature_text")).to_have_value(BOAST)
    expect(field(page, "title")).to_have_value(TITLE)
    expect(field(page, "1-figures-0-value-number")).to_have_value(FIGURE["number"])
    expect(page.locator("[data-contentpath=feature]").last).to_contain_text(GOOD)
    expect(page.locator("[data-contentpath=body] [contenteditable=true]")).to_have_text(TEXT)
    assert story().current_workflow_state is None


def looks_at_it_on_a_phone(page: Page) -> None:
    """The page as it is being written, before it is saved."""
    fill_section(page, 2, feature_text=PLAIN)
    panel = side_panel(page, "preview")
    panel.locator(f"[data-device-width='{PHONE_WIDTH}']").check(force=True)
    shown = page.frame_locator("#w-preview-iframe")
    expect(shown.locator(".feature")).to_contain_text(PLAIN)
    expect(shown.locator("h1")).to_have_text(TITLE)
    expect(shown.locator(".figure")).to_contain_text(FIGURE["source"])
    assert shown.locator("body").evaluate("() => window.innerWidth") == PHONE_WIDTH


def leaves_a_comment(page: Page) -> None:
    comments = side_panel(page, "comments")
    introduction = field(page, "introduction")
    introduction.hover()
    page.locator(".w-field__wrapper", has=introduction).locator("[data-comment-add]").click()
    comments.locator(".comment__input").fill(COMMENT)
    comments.locator(".comment__button--primary").click()
    expect(comments).to_contain_text(COMMENT)


def sets_its_days(page: Page, begins: datetime, ends: datetime) -> None:
    side_panel(page, "status").get_by_role("button", name=words("Set schedule")).click()
    for name, at in {"go_live_at": begins, "expire_at": ends}.items():
        field(page, name).fill(f"{timezone.localtime(at):%Y-%m-%d %H:%M}")
    with page.expect_navigation():  # by key: a calendar may lie over the button
        page.get_by_role("button", name=words("Save schedule")).press("Enter")
    expect(side_panel(page, "status")).to_contain_text(f"{timezone.localtime(ends):%H:%M}")


def hands_it_in(page: Page, title: str = TITLE) -> None:
    press_in_footer(page, "[name=action-submit]")
    is_told(page, title)
    expect(page.locator("tr", has_text=title)).to_contain_text("审核中")


def reads_why_and_mends(page: Page, site: str) -> None:
    open_from_home(page, site, TITLE)
    side_panel(page, "status").get_by_role("button", name=words("View details")).click()
    expect(page.locator(".workflow-timeline")).to_contain_text("由审稿人（演示）退回修改")
    expect(page.locator(".workflow-timeline")).to_contain_text(REASON)
    page.keyboard.press("Escape")
    write_text(page, MORE, "Control+End")


def makes_the_english_copy(page: Page, site: str) -> None:
    page.goto(site + reverse("wagtailadmin_pages:edit", args=[story().pk]))
    page.locator("header [data-w-dropdown-target=toggle] >> visible=true").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name=words("Translate")).first.click()
    page.get_by_label("英文").check()
    with page.expect_navigation():
        page.locator("main [type=submit]").click()
    fill(page, title=ENGLISH, kicker="In the mill", introduction="The stones turned all night.")
    page.get_by_role("tab", name=words("Promote")).click()
    fill(page, slug=ENGLISH_SLUG)
    page.get_by_role("tab", name=words("Content")).click()
    write_text(page, "The stones are slate.", "Control+a")
    fill_section(page, 1, title="A night's account")
    english = {"unit": "jin", "label": "flour of one night", "source": "The mill's own book"}
    fill_section(page, 1, **{f"figures-0-value-{name}": said for name, said in english.items()})
    fill_section(page, 2, title="From this mill", feature_text="Milled at night, packed at dawn.")


# -- the approver ----------------------------------------------------------------------------


def sends_it_back(page: Page, site: str) -> None:
    open_from_home(page, site, TITLE)
    expect(side_panel(page, "comments")).to_contain_text(COMMENT)
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("footer").get_by_role("button", name="退回修改").click()
    asked = page.locator(".modal-content")
    asked.locator("textarea").fill(REASON)
    with page.expect_navigation():
        asked.locator("[type=submit]").click()
    assert story().current_workflow_state.status == "needs_changes"


def approves_it(page: Page, site: str, title: str, state: str) -> None:
    """It is public at once, or waits for its day."""
    open_from_home(page, site, title)
    press_in_footer(page, "button:has-text('通过并发布')")
    expect(page.locator("tr", has_text=title)).to_contain_text(state)


# -- the reader ------------------------------------------------------------------------------


def finds_nothing(page: Page, address: str) -> None:
    assert page.goto(address).status == 404
    expect(page.locator("main")).not_to_contain_text(TITLE)


def languages(page: Page) -> dict[str, str]:
    """What search engines are told: the address in each language."""
    found = page.locator("link[rel=alternate][hreflang]").all()
    return {link.get_attribute("hreflang"): link.get_attribute("href") for link in found}
