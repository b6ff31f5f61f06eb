"""Telling a producer of a coming fee rate, before the first sale that it is taken from."""

from decimal import Decimal

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalog.producers.models import Cooperative, Membership
from marketplace.outbox.services import write_message
from marketplace.partner.models import FeeRate

TOLD = (Membership.Role.OWNER, Membership.Role.ACCOUNTANT)


def tell_fee_rate(*, fee: FeeRate, before: Decimal, cooperative: Cooperative) -> None:
    """Write once to every owner and accountant of that day; `before` holds until it begins."""
    people = cooperative.memberships.in_force(timezone.localdate(fee.at)).filter(role__in=TOLD)
    addresses = people.exclude(user__email=None).values_list("user__email", flat=True)
    with override(settings.LANGUAGE_CODE):
        link = settings.SITE_URL + reverse("backoffice:coop_money", args=[cooperative.slug])
        context = {"fee": fee, "before": f"{before * 100:.2f}%", "link": link}
        context["name"] = cooperative.short_name_text
        body = render_to_string("mail/fee_rate.txt", context)
        for address in sorted(set(filter(None, addresses))):
            write_message(
                event=f"fee_rate:{fee.pk}",
                recipient=address,
                subject=_("The market's fee changes to %(rate)s") % {"rate": fee.percent},
                body=body,
            )
