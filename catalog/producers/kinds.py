"""What a producer is, in law and in trade."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """An individual grower is shown as such: buyers see that no business stands behind it."""

    COOPERATIVE = "cooperative", _("Farmers' cooperative")
    ENTERPRISE = "enterprise", _("Enterprise")
    PROCESSOR = "processor", _("Processing enterprise")
    FAMILY_FARM = "family_farm", _("Family farm")
    FAMILY_RANCH = "family_ranch", _("Family ranch")
    SLAUGHTERHOUSE = "slaughterhouse", _("Slaughter and cutting enterprise")
    WORKSHOP = "workshop", _("Joint workshop")
    VILLAGE_COLLECTIVE = "village_collective", _("Village collective")
    INDIVIDUAL = "individual", _("Individual grower")


# What somebody may apply as.
APPLYING = (Kind.COOPERATIVE, Kind.ENTERPRISE, Kind.FAMILY_FARM, Kind.INDIVIDUAL)
