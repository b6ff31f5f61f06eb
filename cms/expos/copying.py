"""The pages of a new fair, made from those of an earlier one."""

import uuid
from datetime import date

from django.db import transaction

from cms.expos.models import FairPage
from marketplace.accounts.models import User
from marketplace.fairs.services.copying import copy_fair

# Wagtail's copy keeps when the page was to appear and to end, and who has locked it.
UNSCHEDULED = {
    "go_live_at": None,
    "expire_at": None,
    "expired": False,
    "locked": False,
    "locked_at": None,
    "locked_by": None,
}


@transaction.atomic
def copy_fair_page(
    *, page: FairPage, name: str, name_en: str, slug: str, begins_on: date, by: User
) -> FairPage:
    """A draft in each language that the page has, all of one new fair; returns the one in the
    language of `page`.

    Raises ValidationError when a page of that slug stands beside it.
    """
    fair = copy_fair(fair=page.fair, name=name, name_en=name_en, begins_on=begins_on)
    family, copies = uuid.uuid4(), {}
    for each in page.get_translations(inclusive=True).specific().select_related("locale"):
        language = each.locale.language_code
        copies[each.pk] = each.copy(
            update_attrs={
                "title": name_en if language == "en" and name_en else name,
                "slug": slug,
                "fair": fair,
                "translation_key": family,
                **UNSCHEDULED,
            },
            copy_revisions=False,
            keep_live=False,
            reset_translation_key=False,
            user=by,
            log_action="wagtail.copy",
        )
    return copies[page.pk]
