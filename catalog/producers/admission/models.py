"""Admission: who wants to sell here, how far that is, who decided what when and why."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.origins.models import Region
from catalog.papers.models import Paper
from catalog.producers.admission.querysets import ApplicationQuerySet, CountyQuerySet
from catalog.producers.admission.states import IN_HAND, UNDER_WAY, State
from catalog.producers.kinds import APPLYING, Kind
from marketplace.pictures import Colour
from marketplace.uploads import private_storage

MOST_NOTICE_DAYS = 60
KINDS = [(kind.value, kind.label) for kind in APPLYING]


class AdmissionCounty(models.Model):
    """A county that may recommend producers, from one day until another.

    Its applications stand in public notice for `notice_days` whole days.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="admissions")
    begins_on = models.DateField(pgettext_lazy("date", "From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("Days of public notice"), default=7)

    objects = CountyQuerySet.as_manager()

    class Meta:
        verbose_name = _("County of admission")
        verbose_name_plural = _("Counties of admission")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "begins_on"], name="admission_county_once_from_a_day"
            ),
            models.UniqueConstraint(
                fields=["region"],
                condition=Q(ends_on__isnull=True),
                name="admission_county_one_without_end",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")),
                name="admission_county_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(notice_days__range=(1, MOST_NOTICE_DAYS)),
                name="admission_county_notice_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.begins_on}"


class Application(models.Model):
    """What somebody who wants to sell here says of the business, as typed.

    The columns are wide and may stay empty: a draft keeps what was typed, and handing it in asks
    for the rest. Whoever reads it in the back office knows it by the applicant or the county.
    """

    State = State

    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        _("State"), max_length=12, choices=State.choices, default=State.DRAFT, db_index=True
    )
    since = models.DateTimeField(_("In this state since"))
    kind = models.CharField(_("Kind"), max_length=20, choices=KINDS, blank=True)
    name = models.CharField(_("Name"), max_length=60, blank=True)
    short_name = models.CharField(_("Short name"), max_length=30, blank=True)
    credit_code = models.CharField(_("Unified social credit code"), max_length=30, blank=True)
    county = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    township = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    specialty = models.CharField(_("Main good"), max_length=10, choices=Colour.choices, blank=True)
    summary = models.CharField(_("What you grow and make"), max_length=200, blank=True)
    benefit_text = models.TextField(_("How households take part"), max_length=1000, blank=True)
    contact_name = models.CharField(_("Whom to call"), max_length=40, blank=True)
    contact_mobile = models.CharField(_("Mobile number"), max_length=30, blank=True)
    notice_from = models.DateField(_("In public notice from"), null=True, blank=True)
    notice_until = models.DateField(_("In public notice until"), null=True, blank=True)
    cooperative = models.OneToOneField(
        "producers.Cooperative", models.PROTECT, null=True, blank=True, related_name="application"
    )
    papers = models.ManyToManyField(Paper, through="ApplicationPaper")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Application")
        verbose_name_plural = _("Applications")
        indexes = [models.Index(fields=["county", "state", "since"], name="application_waiting")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="application_state_known"
            ),
            models.UniqueConstraint(
                fields=["applicant"], condition=Q(state="draft"), name="application_one_draft"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(state__in=UNDER_WAY),
                name="application_name_once_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["notice", "open"])
                | Q(notice_from__isnull=False, notice_until__gt=F("notice_from")),
                name="application_notice_has_days",
            ),
            models.CheckConstraint(
                condition=Q(state="open", cooperative__isnull=False)
                | ~Q(state="open") & Q(cooperative__isnull=True),
                name="application_open_has_its_business",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.pk}"

    @property
    def is_in_hand(self) -> bool:
        return self.state in IN_HAND

    @property
    def is_individual(self) -> bool:
        return self.kind == Kind.INDIVIDUAL

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    @property
    def shown_name(self) -> str:
        return self.name or str(_("An application without a name"))


class ApplicationPaper(models.Model):
    """A paper handed in with the application; the business holds it once it is open."""

    application = models.ForeignKey(Application, models.CASCADE)
    paper = models.OneToOneField(Paper, models.PROTECT)

    def __str__(self) -> str:
        return f"{self.application_id}: {self.paper_id}"


class ApplicationStep(models.Model):
    """One step of an application: into which state, when, by whom, why. Written once."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="steps")
    state = models.CharField(_("State"), max_length=12, choices=State.choices)
    at = models.DateTimeField(_("At"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("Reason"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="application_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} → {self.state}"


class Recommendation(models.Model):
    """A county's word for an application: on which day, by whom, and the stamped sheet.

    An application that was returned afterwards needs a new one; the last one counts.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="recommendations")
    county = models.ForeignKey(Region, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_on = models.DateField(_("Day on the sheet"))
    sheet = models.FileField(_("Stamped sheet"), upload_to="sheets/", storage=private_storage)

    def __str__(self) -> str:
        return f"{self.application_id}: {self.signed_on}"


class Objection(models.Model):
    """What somebody says against an application in public notice, and our answer."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="objections")
    words = models.TextField(_("Objection"), max_length=1000)
    name = models.CharField(_("Your name"), max_length=40)
    contact = models.CharField(_("Telephone or e-mail"), max_length=80)
    at = models.DateTimeField(_("At"))
    answer = models.TextField(_("Answer"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("Objection")
        verbose_name_plural = _("Objections")
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="objection_answered_or_not",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.at}"
