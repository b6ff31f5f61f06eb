"""The states of an application and which of them may follow which."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", _("Being filled in")
    SUBMITTED = "submitted", _("With the county")
    RECOMMENDED = "recommended", _("Recommended by the county")
    NOTICE = "notice", _("Public notice")
    OPEN = "open", pgettext_lazy("application", "Open")
    RETURNED = "returned", _("Returned for correction")
    REJECTED = "rejected", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


FOLLOWING: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.SUBMITTED, State.WITHDRAWN),
    State.SUBMITTED: (State.RECOMMENDED, State.RETURNED, State.REJECTED, State.WITHDRAWN),
    State.RECOMMENDED: (State.NOTICE, State.RETURNED, State.REJECTED, State.WITHDRAWN),
    State.NOTICE: (State.OPEN, State.RETURNED, State.REJECTED, State.WITHDRAWN),
    State.RETURNED: (State.SUBMITTED, State.WITHDRAWN),
    State.OPEN: (),
    State.REJECTED: (),
    State.WITHDRAWN: (),
}

# The applicant has it in hand and may change what it says.
IN_HAND = (State.DRAFT, State.RETURNED)
# Others look at it; a second one for the same business may not join them.
UNDER_WAY = (State.SUBMITTED, State.RECOMMENDED, State.NOTICE)
ENDED = (State.REJECTED, State.WITHDRAWN)
