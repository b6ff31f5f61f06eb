"""Several people, each with a phone of their own, and what a thumb does on one.

Every screen that is come to on the way is looked at: it is accessible, and fits the phone.
"""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override, pgettext
from playwright.sync_api import Locator, Page, expect

from tests.journeys import steps
from tests.journeys.test_looking import serious_findings


class Phone:
    """One person's browser. Buttons and links are named by the interface's English messages."""

    def __init__(self, page: Page, shop: str) -> None:
        self.page, self.shop = page, shop

    def go(self, path: str) -> None:
        self.page.goto(self.shop + path)
        self.look()

    def open(self, name: str, *args: object) -> None:
        """A room of the back office."""
        self.go(reverse(f"backoffice:{name}", args=args))

    def look(self) -> None:
        findings = serious_findings(self.page)
        assert findings == [], f"{self.page.url}: {findings}"
        assert steps.no_sideways_scroll(self.page), self.page.url

    def press(self, message: str, context: str = "", **values: object) -> None:
        self.come_by(self.named("button", message, context, **values).click)

    def follow(self, message: str, context: str = "", **values: object) -> None:
        self.come_by(self.named("link", message, context, **values).click)

    def follow_to(self, text: str) -> None:
        """By a link that bears a name which is not the interface's."""
        self.come_by(self.page.locator("main a", has_text=text).first.click)

    def named(self, role: str, message: str, context: str = "", **values: object) -> Locator:
        name = words(message, context, **values)
        return self.page.locator("main").get_by_role(role, name=name, exact=True).first

    def come_by(self, act: Callable[[], None]) -> None:
        with self.page.expect_navigation():
            act()
        self.look()

    def fill(self, values: dict[str, object]) -> None:
        """By the names of the fields: a text, the choice of a list, or a file."""
        for name, value in values.items():
            field = self.page.locator(f"main [name='{name}']")
            if isinstance(value, SimpleUploadedFile):
                field.set_input_files(
                    {"name": value.name, "mimeType": value.content_type, "buffer": value.read()}
                )
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(str(value))

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def is_told(self, message: str, **values: object) -> None:
        self.sees(words(message, **values))

    def does_not_see(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)


class Phones:
    """By the e-mail address of whoever holds it."""

    def __init__(self, new_page: Callable[[], Page], shop: str) -> None:
        self.new_page, self.shop = new_page, shop

    def of_nobody(self) -> Phone:
        return Phone(self.new_page(), self.shop)

    def of(self, name: str) -> Phone:
        """Of somebody of the demonstration, signed in."""
        phone = self.of_nobody()
        steps.sign_in(phone.page, self.shop, f"{name}@example.com")
        return phone


def words(message: str, context: str = "", **values: object) -> str:
    if not context:
        return steps.words(message, **values)
    with override("zh-hans"):
        return pgettext(context, message) % values
