"""Moving an application forward, with who, when and why."""

from datetime import datetime

from catalog.producers.admission.models import Application, ApplicationStep
from catalog.producers.admission.notices import write_notice
from catalog.producers.admission.refusals import OwnApplication, StepRefused
from catalog.producers.admission.states import FOLLOWING, State
from marketplace.accounts.models import User

MOST_REASON = 300
# What the applicant does; everything else is somebody else's to decide.
OWN_STEPS = (State.SUBMITTED, State.WITHDRAWN)


def hold_application(application_id: int) -> Application:
    """Lock it until the transaction ends, and read it as it is now."""
    return Application.objects.select_for_update(no_key=True).get(pk=application_id)


def check_step(application: Application, *, to: State, by: User) -> None:
    """Raises StepRefused, OwnApplication."""
    if to not in FOLLOWING[State(application.state)]:
        raise StepRefused(application, to)
    if to not in OWN_STEPS and by.pk == application.applicant_id:
        raise OwnApplication


def move(
    application: Application,
    *,
    to: State,
    by: User,
    now: datetime,
    reason: str = "",
    **changes: object,
) -> Application:
    """Take the step with these changed columns; the caller has locked and checked.

    Whoever applied is told after the commit, unless the step was their own.
    """
    for column, value in changes.items():
        setattr(application, column, value)
    application.state, application.since = to, now
    application.save(update_fields=["state", "since", *changes])
    step = ApplicationStep.objects.create(
        application=application, state=to, at=now, by=by, reason=reason
    )
    if to not in OWN_STEPS:
        write_notice(application=application, step=step)
    return application
