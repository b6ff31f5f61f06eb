"""The form of a fair in tabs, with help beside what an organiser may wonder about."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from cms.blocks.forms import GuardedForm
from cms.expos.admin.exhibitors.forms import FairForm

WHEN = [
    MultiFieldPanel(
        [
            FieldPanel("name", help_text=_("As it stands on posters, as 武川年货展销会.")),
            FieldPanel("name_en"),
            FieldPanel("theme", help_text=_("One line of what this fair is about.")),
            FieldPanel("theme_en"),
        ],
        heading=_("What"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("begins_on"), FieldPanel("ends_on")]),
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldPanel("last_closes_at", help_text=_("Only if the last day ends earlier.")),
            FieldPanel(
                "call_closes_at",
                help_text=_("Until then cooperatives may apply. Needed before the call opens."),
            ),
        ],
        heading=_("When"),
    ),
    MultiFieldPanel(
        [
            FieldPanel(
                "expected_visitors",
                help_text=_("From 1,000 on, a permit of the police is needed."),
            ),
            FieldPanel(
                "permit_number", help_text=_("Needed before the fair is planned, if at all.")
            ),
        ],
        heading=_("How many"),
    ),
]
PLACE = [
    FieldPanel("venue", help_text=_("The name of the hall.")),
    FieldPanel("venue_en"),
    FieldPanel("region", help_text=_("The district of Beijing.")),
    FieldPanel("address"),
    FieldPanel("address_en"),
    FieldPanel("transport", help_text=_("One way per line: underground, bus, parking.")),
    FieldPanel("transport_en"),
    FieldRowPanel(
        [
            FieldPanel("latitude", help_text=_("As 39.941234; the map needs both.")),
            FieldPanel("longitude", help_text=_("As 116.441234.")),
        ]
    ),
]
ORGANISATIONS = [
    InlinePanel(
        "organisations",
        label=_("Organisation"),
        heading=_("Organisations"),
        help_text=_("In the order in which they are named. New ones are made under Organisations."),
    )
]
ZONES = [
    InlinePanel(
        "zones",
        label=_("Zone"),
        heading=_("Zones"),
        help_text=_("Booths are made at the desk of the fair, once the zones are kept here."),
        panels=[
            FieldPanel("code", help_text=_("A, B, …: numbers of its booths begin with it.")),
            FieldPanel("name"),
            FieldPanel("name_en"),
            FieldPanel("colour"),
        ],
    )
]
CALL = [
    InlinePanel(
        "quotas",
        label=_("Quota"),
        heading=_("Quotas of counties"),
        help_text=_("At most so many are accepted. A county that is not named has no limit."),
    ),
    InlinePanel(
        "questions",
        label=_("Question"),
        heading=_("Questions of the call"),
        panels=[
            FieldPanel("key", help_text=_("Latin letters, as power; other questions refer to it.")),
            FieldPanel("text"),
            FieldPanel("text_en"),
            FieldPanel("kind"),
            FieldPanel("choices", help_text=_("Only for one of several; one per line.")),
            FieldPanel("is_required"),
            FieldPanel(
                "only_if",
                help_text=_("The short name of an earlier question; empty: always asked."),
            ),
            FieldPanel("only_if_answer", help_text=_("As 是 or 否, or one of the choices.")),
        ],
    ),
]
REVIEWERS = [
    InlinePanel(
        "reviewers",
        label=_("Reviewer"),
        heading=_("Reviewers"),
        help_text=_(
            "They give marks to applications. Only who may enter this office can be named."
        ),
    )
]
PROGRAMME = [
    InlinePanel(
        "sessions",
        label=_("Programme item"),
        heading=_("Programme"),
        help_text=_("For entry, one item each day. Without seats, everybody may come."),
        panels=[
            FieldPanel("kind"),
            FieldPanel("title"),
            FieldPanel("title_en"),
            FieldRowPanel([FieldPanel("begins_at"), FieldPanel("ends_at")]),
            FieldPanel("place", help_text=_("Where in the hall.")),
            FieldPanel("place_en"),
            FieldPanel("capacity", help_text=_("How many may sign up.")),
        ],
    )
]
FAIR_PANELS = TabbedInterface(
    [
        ObjectList(WHEN, heading=_("What and when")),
        ObjectList(PLACE, heading=_("Place")),
        ObjectList(ORGANISATIONS, heading=_("Organisations")),
        ObjectList(ZONES, heading=_("Zones")),
        ObjectList(CALL, heading=_("Quotas and questions")),
        ObjectList(REVIEWERS, heading=_("Reviewers")),
        ObjectList(PROGRAMME, heading=_("Programme")),
    ],
    base_form_class=FairForm,
)
ORGANISATION_PANELS = ObjectList(
    [FieldPanel("name"), FieldPanel("name_en")], base_form_class=GuardedForm
)
