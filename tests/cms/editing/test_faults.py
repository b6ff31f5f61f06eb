"""A page with forbidden words, or somebody who has not agreed, cannot become public."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState, get_page_models

from cms.blocks.faults import PageHasFaults, find_faults
from cms.blocks.forms import SectionsPageForm
from cms.blocks.pages import SectionsPage
from cms.home.models import StandardPage
from cms.home.tasks import publish_scheduled
from tests.cms.conftest import shelf
from tests.cms.editing.forms import page_form, text
from tests.cms.editing.test_review import decide, write

pytestmark = pytest.mark.django_db

CLAIM = "吃了就能治疗糖尿病"
BODY = [text(f"莜面{CLAIM}。")]
BUTTONS = ["action-publish", "action-submit"]


def today():
    return timezone.localdate()


def edit(client, page, **values):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, page_form(**{"title": page.title, "slug": page.slug, **values}))


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.fixture
def draft(story, editor):
    """A published page whose latest draft holds a claim."""
    story.introduction = CLAIM
    story.save_revision(user=editor.user, clean=False)
    return story


@pytest.mark.parametrize("button", BUTTONS)
def test_a_claim_in_a_new_page_is_refused_beside_its_block(approver, home, button):
    answer = write(approver, home, slug="cellar", body=BODY, **{button: "1"})
    assert answer.status_code == 200
    assert "“治疗”" in answer.content.decode()
    assert CLAIM in answer.context["form"].instance.body[0].value["text"].source
    assert answer.context["form"]["body"].errors.as_data()[0].block_errors.keys() == {0}
    assert not StandardPage.objects.filter(slug="cellar").exists()


@pytest.mark.parametrize("button", BUTTONS)
def test_a_claim_in_a_changed_page_is_refused_and_the_public_sees_the_old_one(
    client, approver, story, button
):
    answer = edit(approver, story, introduction=CLAIM, **{button: "1"})
    assert "“治疗”" in answer.context["form"].errors["introduction"][0]
    assert CLAIM in answer.content.decode()
    assert "治疗" not in client.get("/story/").content.decode()
    assert not story.workflow_in_progress


@pytest.mark.parametrize(
    "field", ["title", "kicker", "introduction", "search_description", "seo_title"]
)
def test_every_text_of_a_page_is_read(approver, story, field):
    answer = edit(approver, story, **{field: "全国最佳莜面", "action-publish": "1"})
    assert "最佳" in answer.context["form"].errors[field][0]


def test_a_claim_deep_in_a_block_is_named(home):
    page = StandardPage(title="莜面", slug="x", body=[shelf(lead="全国最佳"), text_value("好吃")])
    assert "最佳" in find_faults(page, today()).words[0]


def text_value(words):
    return ("text", {"text": f"<p>{words}</p>"})


def test_words_split_by_bold_letters_are_found(home):
    page = StandardPage(title="莜面", slug="x", body=[text_value("最<b>佳</b>莜面")])
    assert "最佳" in find_faults(page, today()).words[0]


def test_a_schedule_with_a_claim_is_refused(approver, story):
    times = {"go_live_at": "2031-01-05 08:00", "action-publish": "1"}
    assert edit(approver, story, introduction=CLAIM, **times).status_code == 200
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_draft_with_a_claim_is_kept_and_names_it(editor, story):
    assert edit(editor, story, introduction=CLAIM).status_code == 302
    story.refresh_from_db()
    assert story.get_latest_revision_as_object().introduction == CLAIM
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "“治疗”" in html
    assert "改好下面这些才能提交或发布" in html or "before this is changed" in html


def test_a_page_without_faults_shows_no_warning(editor, story):
    html = editor.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    assert "help-critical" not in html


@pytest.fixture
def in_review(draft, editor):
    draft.get_workflow().start(draft, editor.user)
    return draft


def test_a_page_with_a_claim_is_not_approved_from_a_list(client, in_review, approver):
    answer = decide(approver, in_review, "approve")
    assert answer.status_code == 302
    assert "“治疗”" in said(answer)[0]
    assert "治疗" not in client.get("/story/").content.decode()
    assert TaskState.objects.get().status == "in_progress"


def test_the_list_hears_it_also_by_script(in_review, approver):
    state = TaskState.objects.get()
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[in_review.pk, "approve", state.pk]
    )
    answer = approver.post(address, {"comment": ""}, headers={"x-requested-with": "XMLHttpRequest"})
    edit_address = reverse("wagtailadmin_pages:edit", args=[in_review.pk])
    assert answer.json()["redirect"] == edit_address
    assert TaskState.objects.get().status == "in_progress"


def act_in_form(client, page, action):
    values = {"action-workflow-action": "1", "workflow-action-name": action}
    return edit(client, page, introduction=CLAIM, **values)


def test_a_page_with_a_claim_is_not_approved_in_its_form(client, in_review, approver):
    assert "introduction" in act_in_form(approver, in_review, "approve").context["form"].errors
    assert "治疗" not in client.get("/story/").content.decode()


def test_a_page_with_a_claim_can_be_sent_back(in_review, approver):
    assert act_in_form(approver, in_review, "reject").status_code == 302
    assert TaskState.objects.get().status == "rejected"


def test_of_pages_published_in_bulk_none_is_when_one_has_a_claim(client, approver, draft, home):
    other = home.add_child(instance=StandardPage(title="没事", slug="fine", live=False))
    other.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = approver.post(f"{address}?id={draft.pk}&id={other.pk}", {})
    assert "“治疗”" in said(answer)[0]
    other.refresh_from_db()
    assert not other.live
    assert "治疗" not in client.get("/story/").content.decode()


def test_pages_below_are_looked_at_in_bulk(approver, story):
    child = story.add_child(instance=StandardPage(title=CLAIM, slug="below", live=False))
    child.save_revision(clean=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = approver.post(f"{address}?id={story.pk}", {"include_descendants": "on"})
    assert "“治疗”" in said(answer)[0]
    child.refresh_from_db()
    assert not child.live


def test_no_code_publishes_a_page_with_a_claim(draft):
    with pytest.raises(PageHasFaults):
        draft.get_latest_revision().publish()
    draft.refresh_from_db()
    assert draft.introduction != CLAIM


def test_who_withdraws_while_a_page_waits_for_its_hour_is_not_shown_and_others_appear(
    client, story, home, approver, portrait, consent, time_machine
):
    later = timezone.now() + dt.timedelta(hours=2)
    pages = [story, home.add_child(instance=StandardPage(title="没事", slug="fine", live=False))]
    for page in pages:
        page.go_live_at = later
    story.title = "新题目"
    story.body = [("picture", {"image": portrait.pk, "caption": ""})]
    for page in pages:
        page.save_revision().publish(user=approver.user)
    consent.withdrawn_on = today()
    consent.save()
    time_machine.move_to(later + dt.timedelta(minutes=1))
    publish_scheduled()
    assert "新题目" not in client.get("/story/").content.decode()
    assert client.get("/fine/").status_code == 200
    assert not story.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_a_picture_whose_person_withdrew_keeps_a_page_from_being_published(
    approver, story, portrait, consent
):
    consent.withdrawn_on = today()
    consent.save()
    body = [("picture", {"image": str(portrait.pk), "caption": ""})]
    answer = edit(approver, story, body=body, **{"action-publish": "1"})
    assert answer.context["form"]["body"].errors.as_data()[0].block_errors.keys() == {0}
    answer = edit(approver, story, image=str(portrait.pk), **{"action-publish": "1"})
    assert "image" in answer.context["form"].errors


def test_every_kind_of_page_is_guarded():
    for model in get_page_models():
        if model is not Page:
            assert issubclass(model, SectionsPage), model
            assert issubclass(model.get_edit_handler().get_form_class(), SectionsPageForm), model
            assert model.publish is SectionsPage.publish, model
