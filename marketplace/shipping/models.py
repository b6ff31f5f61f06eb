"""Where goods are sent and for how much; ours stand above the import of Oscar's tables."""

from decimal import ROUND_HALF_UP, Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import FEN, Storage
from catalog.origins.models import Region
from marketplace.localised import localised
from marketplace.money import NOTHING
from marketplace.shipping.querysets import TariffQuerySet, ZoneQuerySet

MOST_DAYS = 30


class Zone(models.Model):
    """Regions to which delivery costs the same and takes as long."""

    slug = models.SlugField(_("Short name"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("Name in English"), max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(_("Place in the list"), default=0)
    regions = models.ManyToManyField(Region, through="ZoneRegion", related_name="+")

    objects = ZoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delivery zone")
        verbose_name_plural = _("Delivery zones")

    def __str__(self) -> str:
        return self.name

    @property
    def name_text(self) -> str:
        return localised(self, "name")

    @property
    def tariff_rows(self) -> list[tuple[Storage, "Tariff | None"]]:
        """Every temperature class with its tariff, None where it is not delivered."""
        found = {tariff.storage: tariff for tariff in self.tariffs.all()}
        return [(storage, found.get(storage)) for storage in Storage]


class ZoneRegion(models.Model):
    """A region listed in a zone, with all below it that no other row lists more closely.

    A district that is listed belongs to its own zone, whatever zone its province is in.
    """

    region = models.OneToOneField(
        Region, models.PROTECT, primary_key=True, related_name="zone_listing"
    )
    zone = models.ForeignKey(Zone, models.CASCADE, related_name="listings")

    class Meta:
        verbose_name = _("Region of a delivery zone")
        verbose_name_plural = _("Regions of delivery zones")

    def __str__(self) -> str:
        return f"{self.region_id} → {self.zone_id}"


class Tariff(models.Model):
    """What a parcel of one temperature class costs to a zone; without one it does not go there.

    `base_fee` carries `base_grams`, each further `step_grams` that is begun costs `step_fee`.
    From goods of `free_from` in the parcel on, nothing is charged. Amounts in yuan.
    """

    zone = models.ForeignKey(Zone, models.CASCADE, related_name="tariffs")
    storage = models.CharField(_("Storage"), max_length=13, choices=Storage.choices)
    base_fee = models.DecimalField(
        _("Fee"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    base_grams = models.PositiveIntegerField(_("Weight included, g"))
    step_fee = models.DecimalField(
        _("Fee for each step"), max_digits=8, decimal_places=2, validators=[MinValueValidator(0)]
    )
    step_grams = models.PositiveIntegerField(
        _("Step of weight, g"), validators=[MinValueValidator(1)]
    )
    free_from = models.DecimalField(
        _("Free from goods of"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    transit_days = models.PositiveSmallIntegerField(
        _("Days on the way"), validators=[MaxValueValidator(MOST_DAYS)]
    )

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = _("Delivery tariff")
        verbose_name_plural = _("Delivery tariffs")
        constraints = [
            models.UniqueConstraint(fields=["zone", "storage"], name="tariff_one_per_class"),
            models.CheckConstraint(
                condition=Q(base_fee__gte=0, step_fee__gte=0)
                & (Q(free_from__isnull=True) | Q(free_from__gte=0)),
                name="tariff_amounts_not_negative",
            ),
            models.CheckConstraint(condition=Q(step_grams__gt=0), name="tariff_step_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.zone_id} {self.storage}"

    def fee_for(self, *, grams: int, amount: Decimal) -> Decimal:
        """Of a parcel with that weight and goods for that many yuan; to the fen, half up."""
        if self.free_from is not None and amount >= self.free_from:
            return NOTHING
        steps = -(-max(grams - self.base_grams, 0) // self.step_grams)
        return (self.base_fee + steps * self.step_fee).quantize(FEN, ROUND_HALF_UP)


from oscar.apps.shipping.models import *
