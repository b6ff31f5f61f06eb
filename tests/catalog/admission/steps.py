"""What every test of admission says and looks at."""

from datetime import datetime
from zoneinfo import ZoneInfo

from catalog.producers.models import Application, ApplicationStep, Cooperative, Membership
from marketplace.outbox.models import Message
from marketplace.partner.models import Partner

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
WUCHUAN = "150125"


def about(by, **more) -> dict:
    return {"by": by, "now": NOW, **more}


def state_now(application) -> str:
    return Application.objects.get(pk=application.pk).state


def everything() -> list:
    """All that a step could change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Application, ApplicationStep, Cooperative, Partner, Membership, Message)
    ]
