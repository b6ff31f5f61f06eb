"""The mail to whoever was given a post, or whose post ends: once for each step."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.accounts.models import PostingStep
from marketplace.outbox.services import write_message


def tell_post(*, step: PostingStep) -> None:
    """Unless the person has no address any more."""
    posting = step.posting
    if not posting.user.email:
        return
    is_new = step.kind == PostingStep.Kind.APPOINTED
    with override(settings.LANGUAGE_CODE):
        subject = _("You are appointed: %(role)s") if is_new else _("Your post ends: %(role)s")
        link = settings.SITE_URL + reverse("backoffice:home")
        context = {"posting": posting, "step": step, "is_new": is_new, "link": link}
        write_message(
            event=f"post_{step.kind}:{step.pk}",
            recipient=posting.user.email,
            subject=subject % {"role": posting.role_label},
            body=render_to_string("mail/post.txt", context),
        )
