"""Who carries parcels, and how their numbers look."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

# What stands on waybills; some carriers write hyphens between groups of digits.
TRACKING_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{2,38}[A-Z0-9])")
LONGEST_NUMBER = 40


class Carrier(models.TextChoices):
    SF = "sf", _("SF Express")
    JD = "jd", _("JD Logistics")
    EMS = "ems", _("China Post EMS")
    ZTO = "zto", _("ZTO Express")
    YTO = "yto", _("YTO Express")
    STO = "sto", _("STO Express")
    YUNDA = "yunda", _("Yunda Express")
    JT = "jt", _("J&T Express")
    DEPPON = "deppon", _("Deppon Express")
    OTHER = "other", _("Another carrier")


def normalise_number(text: str) -> str:
    """As carriers write it: capitals, no spaces within."""
    return "".join(text.split()).upper()


def is_number(text: str) -> bool:
    """4 to 40 letters, digits and hyphens, the latter only within."""
    return TRACKING_NUMBER.fullmatch(text) is not None
