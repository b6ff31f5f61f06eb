"""What the confirm page says about parcels, days and the place they go to."""

from django.utils.translation import gettext as _

from catalog.origins.models import Region
from catalog.origins.words import place_words
from marketplace.basket.contents import Contents
from marketplace.basket.pages import sum_rows
from marketplace.checkout.forms import ConfirmForm, new_token
from marketplace.shipping.parcels import counted, parcel_words


def parcels_heading(contents: Contents) -> str:
    """How many parcels, and on how many days they come; not while one cannot go there."""
    parcels = parcel_words(len(contents.parcels))
    days = {parcel.arrives_on for parcel in contents.parcels}
    if not days or None in days:
        return parcels
    if len(days) == 1:
        return _("%(parcels)s, arriving together") % {"parcels": parcels}
    words = {"parcels": parcels, "days": counted(len(days))}
    return _("%(parcels)s, arriving on %(days)s days") % words


def path_down_to(region_code: str) -> list[Region]:
    """From the province down to the region; empty for an unknown one."""
    region = Region.objects.with_parents().filter(pk=region_code).first()
    path = []
    while region is not None:
        path.insert(0, region)
        region = region.parent
    return path


def confirm_page(form: ConfirmForm, region_code: str, voucher_code: str) -> dict[str, object]:
    """`region_code` is the place that the contents were quoted for."""
    contents, receiving = form.contents, form.receiving
    sent = form["submission_token"].value()
    return {
        "form": form,
        "contents": contents,
        "receiving": receiving,
        "parcels": parcels_heading(contents),
        "place": place_words(path_down_to(region_code)),
        "is_place_chosen": bool(receiving.region_code),
        "rows": sum_rows(contents),
        "voucher_code": voucher_code,
        "voucher_problem": contents.discounts.problem,
        "shown_total": str(contents.total),
        "token": sent if sent and "submission_token" not in form.errors else new_token(),
    }
