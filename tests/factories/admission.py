"""Applications at each point of their way, and the papers that come with them."""

from datetime import date, datetime, timedelta
from itertools import count

from django.core.files.base import ContentFile
from django.utils import timezone

from catalog.licences import add_licence
from catalog.origins.models import Region
from catalog.papers.models import Paper
from catalog.papers.services import Details
from catalog.producers.admission.services import (
    add_paper,
    begin_notice,
    recommend_application,
    start_application,
    submit_application,
    write_objection,
)
from catalog.producers.models import Application, Cooperative, Objection
from marketplace.accounts.models import User
from tests.factories.files import PDF
from tests.factories.goods import HALE

LICENSED, CODE = date(2020, 1, 1), "91150125MA0N0W2C3J"
numbers = count(1)


def typed(**changes) -> dict[str, object]:
    """What a careful applicant of Wuchuan writes; `township` as a code."""
    number = next(numbers)
    values = {
        "kind": "cooperative",
        "name": f"石门沟莜麦合作社{number}（虚构）",
        "short_name": f"石门沟{number}",
        "credit_code": CODE,
        "township": HALE,
        "specialty": "oat",
        "summary": "坡地上的裸燕麦，自己脱壳自己装袋。",
        "benefit_text": "和十二户签了收购约定。",
        "contact_name": "李岚",
        "contact_mobile": "13800001234",
    }
    return {**values, **changes}


def written(**changes) -> dict[str, object]:
    """The same as the service takes it."""
    values = typed(**changes)
    code = values["township"]
    town = Region.objects.select_related("parent").get(pk=code) if code else None
    return {**values, "township": town}


def details(kind="business_licence", until=None, begins=LICENSED) -> Details:
    return Details(kind, f"编号{next(numbers)}", "市监局", "石门沟", begins, until)


def pdf_file() -> ContentFile:
    return ContentFile(PDF, name="paper.pdf")


def draft_of(applicant: User, **changes) -> Application:
    draft = start_application(by=applicant, typed=written(**changes), now=timezone.now())
    add_paper(application_id=draft.pk, details=details(), file=pdf_file())
    return Application.objects.for_page().get(pk=draft.pk)


def application_of(applicant: User, **changes) -> Application:
    """Handed in."""
    draft = draft_of(applicant, **changes)
    submit_application(application_id=draft.pk, by=applicant, now=timezone.now())
    return Application.objects.for_page().get(pk=draft.pk)


def official(name: str) -> User:
    return User.objects.get_or_create(email=f"{name}@example.org")[0]


def recommended(application: Application) -> Application:
    now = timezone.now()
    recommend_application(
        application_id=application.pk,
        by=official("recommender"),
        signed_on=timezone.localdate(now),
        sheet=pdf_file(),
        now=now,
    )
    return Application.objects.for_page().get(pk=application.pk)


def noticed(application: Application, now: datetime | None = None) -> Application:
    """In public notice since then, for seven days."""
    recommended(application)
    begin_notice(
        application_id=application.pk, by=official("auditor"), reason="", now=now or timezone.now()
    )
    return Application.objects.for_page().get(pk=application.pk)


def over(application: Application) -> Application:
    """In a notice of which yesterday was the last day."""
    return noticed(application, timezone.now() - timedelta(days=8))


def objection_to(application: Application) -> Objection:
    """Brings one that is recommended into notice first."""
    if application.state == "recommended":
        begin_notice(
            application_id=application.pk, by=official("auditor"), reason="", now=timezone.now()
        )
    return write_objection(
        application_id=application.pk,
        words="地不是他家的",
        name="王二",
        contact="wang@example.com",
        now=timezone.now(),
    )


def add_a_licence(cooperative: Cooperative, **about) -> Paper:
    return add_licence(
        cooperative=cooperative,
        details=details(**{"kind": "food_production_licence", **about}),
        file=pdf_file(),
        day=timezone.localdate(),
    )
