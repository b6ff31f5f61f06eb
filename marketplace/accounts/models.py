"""People: who signs in, and which posts of the programme they hold."""

from django.contrib.auth.models import BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from oscar.apps.customer.abstract_models import AbstractUser

from marketplace.accounts.querysets import PostingQuerySet

MOBILE = RegexValidator(r"^1[3-9]\d{9}$", _("Enter an 11-digit mobile number."))


class UserManager(BaseUserManager):
    def create_user(
        self, email: str | None = None, password: str | None = None, **extra: object
    ) -> "User":
        user = self.model(email=self.normalize_email(email) or None, **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **extra: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class User(AbstractUser):
    """Someone who signs in with an e-mail address or a mobile number; one is required."""

    email = models.EmailField(_("E-mail address"), null=True, blank=True, unique=True)
    phone = models.CharField(
        _("Mobile number"), max_length=11, null=True, blank=True, unique=True, validators=[MOBILE]
    )
    phone_verified = models.BooleanField(_("Mobile number verified"), default=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("User")
        verbose_name_plural = _("Users")
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=False) | Q(phone__isnull=False),
                name="user_has_email_or_phone",
            ),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(phone=""), name="user_contact_null_not_empty"
            ),
            models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email or self.phone

    @property
    def name(self) -> str:
        """Family name first, without a space, as Chinese names are written."""
        return f"{self.last_name}{self.first_name}".strip()

    def clean(self) -> None:
        self.email = type(self).objects.normalize_email(self.email)
        self._contacts_null_not_empty()

    def save(self, *args: object, **kwargs: object) -> None:
        """Whoever takes a contact away (allauth writes "") leaves NULL, not an empty one."""
        self._contacts_null_not_empty()
        super().save(*args, **kwargs)

    def _contacts_null_not_empty(self) -> None:
        self.email, self.phone = self.email or None, self.phone or None


class Posting(models.Model):
    """A post someone holds in a region for a time: rights end with it, history stays."""

    class Role(models.TextChoices):
        COUNTY_CONFIRMER = "county_confirmer", _("County confirmer")
        ORGANISER = "organiser", _("Fair organiser")
        OPERATOR = "operator", _("Operator")

    user = models.ForeignKey(User, models.CASCADE, related_name="postings")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    region = models.ForeignKey("origins.Region", models.PROTECT, null=True, blank=True)
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Posting")
        verbose_name_plural = _("Postings")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="posting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(role="county_confirmer") | Q(region__isnull=False),
                name="posting_confirmer_has_county",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def role_label(self) -> str:
        return self.get_role_display()


class PostingStep(models.Model):
    """Who appointed somebody, or set the last day of the post, and when. Written once, never
    rewritten; `ends_on` is the last day as it was set then, None for until further."""

    class Kind(models.TextChoices):
        APPOINTED = "appointed", _("Appointed")
        ENDED = "ended", _("Last day set")

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="steps")
    kind = models.CharField(_("Kind"), max_length=9, choices=Kind.choices)
    ends_on = models.DateField(_("Until"), null=True)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("Step of a posting")
        verbose_name_plural = _("Steps of postings")

    def __str__(self) -> str:
        return f"{self.posting_id}: {self.kind}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()
