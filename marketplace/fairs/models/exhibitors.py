"""Who wants to show at a fair, what they are asked, and how they are chosen."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from catalog.models import Product
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from marketplace.fairs.models.fair import Fair
from marketplace.fairs.querysets import ExhibitorQuerySet

BEST_SCORE = 5


class CountyQuota(models.Model):
    """How many exhibitors of a county the fair takes at most."""

    fair = ParentalKey(Fair, on_delete=models.CASCADE, related_name="quotas")
    county = models.ForeignKey(Region, models.PROTECT, verbose_name=_("County"), related_name="+")
    places = models.PositiveSmallIntegerField(_("Places"))

    class Meta:
        verbose_name = _("Quota of a county")
        verbose_name_plural = _("Quotas of counties")
        constraints = [
            models.UniqueConstraint(fields=["fair", "county"], name="quota_once_per_county")
        ]

    def __str__(self) -> str:
        return f"{self.county}: {self.places}"


class Question(Orderable):
    """What the call asks beside the goods; one may be asked only after a certain answer.

    `key` names it in the answers. `choices` are lines of text, for a question with choices.
    """

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of several")
        NUMBER = "number", _("A number")
        TEXT = "text", _("Some words")

    fair = ParentalKey(Fair, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(_("Short name"), max_length=30)
    text = models.CharField(_("Question"), max_length=160)
    text_en = models.CharField(_("Question in English"), max_length=200, blank=True)
    kind = models.CharField(_("Kind of answer"), max_length=6, choices=Kind.choices)
    choices = models.TextField(_("Choices, one per line"), blank=True)
    is_required = models.BooleanField(_("Must be answered"), default=True)
    only_if = models.SlugField(_("Only after the question"), max_length=30, blank=True)
    only_if_answer = models.CharField(_("with the answer"), max_length=80, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("Question of the call")
        verbose_name_plural = _("Questions of the call")
        constraints = [
            models.UniqueConstraint(fields=["fair", "key"], name="question_key_once_per_fair")
        ]

    def __str__(self) -> str:
        return self.text


class Exhibitor(models.Model):
    """A cooperative that applies for a fair, and what became of it.

    `county` is where it was from when it applied, `answers` are by key of the question.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        APPLIED = "applied", _("Applied")
        ACCEPTED = "accepted", _("Accepted")
        RESERVE = "reserve", _("On the reserve list")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    fair = models.ForeignKey(Fair, models.PROTECT, related_name="exhibitors")
    cooperative = models.ForeignKey(Cooperative, models.PROTECT, related_name="fairs")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    state = models.CharField(_("State"), max_length=9, choices=State.choices, default=State.DRAFT)
    answers = models.JSONField(_("Answers"), default=dict)
    applied_at = models.DateTimeField(_("Applied at"), null=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True)
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    objects = ExhibitorQuerySet.as_manager()

    class Meta:
        verbose_name = _("Exhibitor")
        verbose_name_plural = _("Exhibitors")
        constraints = [
            models.UniqueConstraint(fields=["fair", "cooperative"], name="exhibitor_once_per_fair"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(applied_at__isnull=False),
                name="exhibitor_applied_at_some_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(reason=""),
                name="exhibitor_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.cooperative)


class ExhibitorProduct(models.Model):
    """A good that an exhibitor brings."""

    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="goods")
    product = models.ForeignKey(Product, models.PROTECT, related_name="fairs")

    class Meta:
        verbose_name = _("Good of an exhibitor")
        verbose_name_plural = _("Goods of an exhibitor")
        constraints = [
            models.UniqueConstraint(
                fields=["exhibitor", "product"], name="exhibitor_brings_a_good_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id}: {self.product_id}"


class ExhibitorStep(models.Model):
    """What happened to an application, when, and by whom. Written once, never rewritten."""

    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="steps")
    state = models.CharField(_("State"), max_length=9, choices=Exhibitor.State.choices)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Step of an exhibitor")
        verbose_name_plural = _("Steps of exhibitors")

    def __str__(self) -> str:
        return f"{self.exhibitor_id}: {self.state}"


class Reviewer(models.Model):
    """Who scores the applications for a fair, by name."""

    fair = ParentalKey(Fair, on_delete=models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("Person"), related_name="+"
    )

    class Meta:
        verbose_name = _("Reviewer")
        verbose_name_plural = _("Reviewers")
        constraints = [models.UniqueConstraint(fields=["fair", "user"], name="reviewer_once")]

    def __str__(self) -> str:
        return str(self.user)


def score_field(words: str) -> models.PositiveSmallIntegerField:
    most = [MinValueValidator(0), MaxValueValidator(BEST_SCORE)]
    return models.PositiveSmallIntegerField(words, validators=most)


class Review(models.Model):
    """One reviewer's marks for an application, 0 to 5 each; more is better in all four."""

    exhibitor = models.ForeignKey(Exhibitor, models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    households = score_field(_("Households linked"))
    recognition = score_field(_("Recognition of the goods"))
    stock = score_field(_("Stock for the fair"))
    complaints = score_field(_("Few complaints in the past"))
    note = models.CharField(_("Note"), max_length=300, blank=True)
    at = models.DateTimeField(_("At"))

    class Meta:
        verbose_name = _("Review")
        verbose_name_plural = _("Reviews")
        constraints = [
            models.UniqueConstraint(fields=["exhibitor", "reviewer"], name="review_once"),
            models.CheckConstraint(
                condition=Q(households__lte=BEST_SCORE)
                & Q(recognition__lte=BEST_SCORE)
                & Q(stock__lte=BEST_SCORE)
                & Q(complaints__lte=BEST_SCORE),
                name="review_marks_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id}: {self.total}"

    @property
    def total(self) -> int:
        return self.households + self.recognition + self.stock + self.complaints
