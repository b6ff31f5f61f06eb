"""Who receives the order: an address that the buyer keeps, or one written on the page."""

from collections.abc import Sequence

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from marketplace.accounts.mobile import normalise_mobile
from marketplace.accounts.models import MOBILE
from marketplace.address.cascade import codes_to
from marketplace.address.forms import AddressForm, typed_so_far
from marketplace.address.models import UserAddress
from marketplace.address.refusals import MOST_KEPT
from marketplace.address.services import Destination, destination_of
from marketplace.shipping.destination import chosen_region_code

ANOTHER = "another"


class Receiving:
    """What is chosen of `kept`, else the form. `is_sent` when it is to be ordered like this."""

    def __init__(
        self, kept: Sequence[UserAddress], sent: QueryDict, *, is_sent: bool, region_code: str
    ) -> None:
        self.kept = kept
        first = str(kept[0].pk) if kept and not sent else ANOTHER
        wanted = sent.get("address", first)
        self.chosen = next((address for address in kept if str(address.pk) == wanted), None)
        is_known = self.chosen is not None or wanted == ANOTHER
        self.problems = [] if is_known else [_("This address is no longer kept. Choose another.")]
        if is_sent and self.chosen is None:
            self.form = AddressForm(sent)
        else:
            typed = typed_so_far(sent) if sent else codes_to(region_code)
            self.form = AddressForm(initial=typed)

    @property
    def value(self) -> str:
        return str(self.chosen.pk) if self.chosen else ANOTHER

    @property
    def may_keep(self) -> bool:
        return len(self.kept) < MOST_KEPT

    @property
    def region_code(self) -> str:
        """Of the street or district that is chosen; "" while none is."""
        return self.chosen.region_id if self.chosen else self.form.region_code

    @property
    def mobile(self) -> str:
        """Eleven digits; "" while none are written."""
        if self.chosen:
            return self.chosen.mobile
        typed = normalise_mobile(self.form["mobile"].value() or "")
        return typed if MOBILE.regex.search(typed) else ""

    def is_valid(self) -> bool:
        return not self.problems and (self.chosen is not None or self.form.is_valid())

    def refuse(self, words: str) -> None:
        """Say beside the place why goods do not go there."""
        if self.chosen:
            self.problems.append(words)
        else:
            self.form.add_error(self.form.last_place.name, words)

    def destination(self) -> Destination:
        """Of a valid one."""
        return destination_of(self.chosen) if self.chosen else self.form.destination()


def read_receiving(request: HttpRequest) -> Receiving:
    """As it was sent, else beginning with the default address or with the region chosen before."""
    user = request.user
    return Receiving(
        list(UserAddress.objects.kept_by(user)) if user.is_authenticated else [],
        request.POST,
        is_sent=request.method == "POST" and "next" not in request.POST,
        region_code=chosen_region_code(request),
    )
