"""Pictures of pages: the words that replace them, who made them, and who may be seen in them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.images.querysets import ConsentQuerySet, PageImageQuerySet
from marketplace.localised import localised
from marketplace.uploads import private_storage


class PictureConsent(models.Model):
    """Somebody's written leave to be shown (民法典 1019) or named (个人信息保护法 13, 25).

    One sheet may cover pictures, words or both; it is seen in the admin only and never deleted.
    `until` is the last day on which it holds; empty means until it is withdrawn.
    """

    person = models.CharField(_("Who agrees"), max_length=80)
    covers_pictures = models.BooleanField(_("May be shown in pictures"), default=True)
    covers_words = models.BooleanField(
        _("May be named in stories"),
        default=False,
        help_text=_("Tick only what the signed sheet says."),
    )
    scope = models.CharField(
        _("What for"),
        max_length=200,
        help_text=_("As on the sheet: which pages, printed matter, which fair."),
    )
    given_on = models.DateField(_("Given on"))
    until = models.DateField(
        _("Until"), null=True, blank=True, help_text=_("Empty: until it is withdrawn.")
    )
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("Withdrawal recorded by"),
        null=True,
        blank=True,
        related_name="+",
    )
    file = models.FileField(
        _("Signed sheet"),
        upload_to="consents/",
        storage=private_storage,
        help_text=_("PDF or photo, 10 MB at most. Only editors and approvers can open it."),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Consent of a person")
        verbose_name_plural = _("Consents of persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")),
                name="consent_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(covers_pictures=True) | Q(covers_words=True),
                name="consent_covers_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.scope}"

    def is_valid_on(self, day: date) -> bool:
        """What ConsentQuerySet.valid_on asks of the database."""
        ended = self.until is not None and self.until < day
        withdrawn = self.withdrawn_on is not None and self.withdrawn_on <= day
        return self.given_on <= day and not ended and not withdrawn


class PageImage(AbstractImage):
    """`alt_text` is read aloud in place of the picture; a decoration has none."""

    alt_text = models.CharField(
        _("Alternative text"),
        max_length=200,
        blank=True,
        help_text=_("What is to be seen, for those who cannot see it."),
    )
    alt_text_en = models.CharField(_("Alternative text in English"), max_length=200, blank=True)
    is_decorative = models.BooleanField(
        _("Decoration only"),
        default=False,
        help_text=_("It tells nothing that the text does not say; nothing is read aloud for it."),
    )
    credit = models.CharField(_("Credit"), max_length=100, blank=True)
    shows_person = models.BooleanField(
        _("Somebody can be recognised"),
        default=False,
        help_text=_("Then a consent is needed that is valid today."),
    )
    consent = models.ForeignKey(
        PictureConsent,
        models.PROTECT,
        verbose_name=_("Consent of the person"),
        null=True,
        blank=True,
        related_name="images",
    )

    objects = PageImageQuerySet.as_manager()

    admin_form_fields = (
        *Image.admin_form_fields,
        "alt_text",
        "alt_text_en",
        "is_decorative",
        "credit",
        "shows_person",
        "consent",
    )

    class Meta:
        verbose_name = _("Page image")
        verbose_name_plural = _("Page images")
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_person=False, consent__isnull=True)
                | Q(shows_person=True, consent__isnull=False),
                name="page_image_person_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt_text="", alt_text_en=""),
                name="page_image_decoration_says_nothing",
            ),
        ]

    @property
    def default_alt_text(self) -> str:
        return localised(self, "alt_text")


class PageRendition(AbstractRendition):
    image = models.ForeignKey(PageImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="page_rendition_unique"
            ),
        ]
