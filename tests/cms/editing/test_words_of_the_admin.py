"""Whatever the three groups see in the admin is Chinese."""

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.template.loader import get_template
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import trans_real
from wagtail.models import Page, get_page_models

from cms.expos.models import FairPage
from cms.home.models import StandardPage
from cms.home.unmarked import LABELS, PHRASES
from marketplace.fairs.models import Reviewer
from marketplace.search.models import SynonymGroup
from tests.cms.conftest import publish, shelf
from tests.cms.editing.leftovers import english, read
from tests.factories import ProductFactory
from tests.factories.fairs import AllotmentFactory, ExhibitorFactory
from tests.factories.visitors import DoorFactory, SessionFactory, ticket_of

pytestmark = pytest.mark.django_db

# Pages of one kind are alike: two of each are looked at.
MOST_OF_A_KIND = 2
CHOOSERS = (
    "/cms/choose-page/",
    "/cms/choose-page/search/?q=故事",
    "/cms/choose-external-link/",
    "/cms/choose-email-link/",
    "/cms/choose-phone-link/",
    "/cms/choose-anchor-link/",
    "/cms/images/chooser/",
    "/cms/images/chooser/?multiple=1",
    "/cms/product_chooser/",
    "/cms/cooperative_chooser/",
    "/cms/specialty_chooser/",
    "/cms/images/multiple/add/",
    "/cms/images/add/",
    "/cms/pages/search/?q=没有",
    "/cms/images/?q=没有",
    "/cms/reports/site-history/",
    "/cms/reports/locked/",
    "/cms/reports/workflow/",
    "/cms/reports/workflow_tasks/",
    "/cms/reports/aging-pages/",
    "/cms/reports/page-types-usage/",
)
SKIPPED = re.compile(
    r"/cms/(logout|jsi18n|sprite)|\.(png|webp|jpg|ico)$|/(export|view_draft|preview)/|/view/$"
)


def addresses_of(page):
    """Screens to which scripts lead, or that stand behind a menu."""
    names = (
        "edit",
        "history",
        "usage",
        "workflow_history",
        "delete",
        "move",
        "copy",
        "unpublish",
        "set_privacy",
        "convert_alias",
        "workflow_status",
        "confirm_publish",
    )
    for name in names:
        try:
            yield reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        except NoReverseMatch:
            continue
    yield reverse("wagtailadmin_explore", args=[page.pk])
    yield f"/cms/translation/submit/page/{page.pk}/"
    for action in ("publish", "unpublish", "move", "delete"):
        yield f"/cms/bulk/wagtailcore/page/{action}/?id={page.pk}"


def crawl(client, starts):
    """{address: the English on its screen}."""
    waiting, seen, kinds, found = list(starts), set(), Counter(), {}
    while waiting:
        address = waiting.pop(0)
        address, _fragment = urldefrag(address)
        path = urlsplit(address).path
        if address in seen or not path.startswith("/cms/") or SKIPPED.search(path):
            continue
        try:
            match = resolve(path)
        except Resolver404:
            continue
        kind = (match.view_name or match.route, match.kwargs.get("content_type_model_name"))
        if kinds[kind] >= MOST_OF_A_KIND and address not in starts:
            continue
        kinds[kind] += 1
        seen.add(address)
        texts, links = screen(client, address)
        left = english(texts)
        if left:
            found[address] = left
        waiting += [urljoin(address, link) for link in links]
    return found, seen


def screen(client, address):
    response = client.get(address)
    if response.status_code == 302:
        return [], [response.headers["Location"]]
    assert response.status_code in (200, 403, 404, 405), (address, response.status_code)
    if response.status_code != 200 or response.streaming:
        return [], []
    if "image" in response.headers["Content-Type"]:
        return [], []
    body = response.content.decode()
    if "json" in response.headers["Content-Type"]:
        data = json.loads(body)
        body = data.get("html", "") if isinstance(data, dict) else ""
    return read(body)


@pytest.fixture
def pages(story, expos, english_home, portrait, editor, approver):
    """A page in each state in which the admin has something of its own to say."""
    SynonymGroup.objects.exclude(words__regex="^[^a-z]*$").delete()
    publish(english_home, title="英文首页", draft_title="英文首页")
    drafts = [StandardPage(title=f"草稿{n}", slug=f"draft-{n}", live=False) for n in range(3)]
    for draft in drafts:
        expos.add_child(instance=draft)
        draft.save_revision(user=editor.user)
    handed_in, timed, locked = drafts
    handed_in.get_workflow().start(handed_in, editor.user)
    timed.go_live_at = timezone.now() + timezone.timedelta(days=3)
    timed.save_revision(user=editor.user).publish(user=approver.user)
    locked.locked, locked.locked_by, locked.locked_at = True, approver.user, timezone.now()
    locked.save()
    story.body = [shelf(), ("picture", {"image": portrait.pk, "caption": ""})]
    publish(story)
    return [story, *drafts, expos, english_home]


@pytest.fixture
def fairs(expos, portrait, editor):
    """A fair whose call is open and one to which visitors come, each with somebody in it."""
    called = ExhibitorFactory(state="applied", goods=[ProductFactory()]).fair
    AllotmentFactory(exhibitor__fair=called)
    Reviewer.objects.create(fair=called, user=editor.user)
    entry = SessionFactory()
    ticket_of(entry)
    DoorFactory(fair=entry.fair)
    for fair in (called, entry.fair):
        page = FairPage(title=fair.name, slug=f"fair-{fair.pk}", fair=fair, image=portrait)
        publish(expos.add_child(instance=page))
    return [called, entry.fair]


@pytest.mark.usefixtures("uploads_closed", "fairs")
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("who", ["editor", "organiser", "approver"])
def test_no_english_is_left_on_the_screens_of(request, who, pages, home):
    client = request.getfixturevalue(who)
    creating = [
        reverse(
            "wagtailadmin_pages:add",
            args=[model._meta.app_label, model._meta.model_name, parent.pk],
        )
        for model in get_page_models()
        if model is not Page
        for parent in (home, *pages)
    ]
    starts = ["/cms/", *CHOOSERS, *creating]
    starts += [address for page in pages for address in addresses_of(page)]
    found, seen = crawl(client, starts)
    assert len(seen) > 100
    assert found == {}


def wagtails_messages(domain):
    """Each message id of the installed apps of Wagtail, as gettext keeps it."""
    for app in apps.get_app_configs():
        source = Path(app.path) / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
        if app.name.startswith("wagtail") and source.exists():
            with source.open("rb") as file:
                for entry in read_po(file):
                    if entry.id:
                        yield entry


def test_every_message_of_wagtail_is_translated():
    catalogue = trans_real.translation("zh-hans")._catalog
    missing = []
    for entry in wagtails_messages("django"):
        first = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        key = f"{entry.context}\x04{first}" if entry.context else first
        if key not in catalogue and (key, 0) not in catalogue:
            missing.append(key)
    assert missing == []


def test_every_message_of_wagtails_scripts_is_translated(editor):
    script = editor.get("/cms/jsi18n/").content.decode()
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", script, re.DOTALL)[1])
    wanted = {e.id[0] if isinstance(e.id, tuple) else e.id for e in wagtails_messages("djangojs")}
    assert len(wanted) > 80
    assert wanted - catalogue.keys() == set()


def test_what_wagtail_forgot_to_mark_is_still_where_we_mark_it():
    for name, phrases in PHRASES.items():
        source = Path(get_template(name).origin.name).read_text(encoding="utf-8")
        assert all(phrase in source for phrase, _marked in phrases), name
    for form, labels in LABELS:
        assert labels.keys() <= form.base_fields.keys(), form
