"""What a service of the register refuses, beside the field that it is about."""

from django.core.exceptions import ValidationError

from catalog.households.refusals import RegisterRefused
from marketplace.dashboard.fields import ServiceForm


def complain(form: ServiceForm, refusal: RegisterRefused | ValidationError) -> None:
    if isinstance(refusal, ValidationError):
        form.complain(refusal)
    else:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.words)
