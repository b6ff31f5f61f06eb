"""Fairs and organisations as Wagtail's own lists and forms."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.query import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import HeaderButton

from cms.expos.admin.exhibitors.panels import FAIR_PANELS, ORGANISATION_PANELS
from marketplace.day_words import near_day
from marketplace.fairs.models import Fair, Organisation
from marketplace.fairs.services.announcing import known_of, tell_changes
from marketplace.fairs.services.locks import hold_with_programme


def desk_address(fair: Fair) -> str:
    return reverse("fair_desk:desk", args=[fair.pk])


def days_words(fair: Fair) -> str:
    first = f"{fair.begins_on.year}-{fair.begins_on.month:02}"
    return f"{first} · {near_day(fair.begins_on)} – {near_day(fair.ends_on)}"


class FairIndexView(IndexView):
    """The name leads to the fair's desk, from where everything else is reached."""

    def get_base_queryset(self) -> QuerySet[Fair]:
        return Fair.objects.for_desks()


class FairCreateView(CreateView):
    def get_success_url(self) -> str:
        return desk_address(self.object)


@method_decorator(transaction.atomic, name="dispatch")
class FairEditView(EditView):
    """The form writes the whole fair back, so the fair is held from reading it until then."""

    def get_object(self, queryset: QuerySet[Fair] | None = None) -> Fair:
        fair = super().get_object(queryset)
        return hold_with_programme(fair.pk) if self.request.method == "POST" else fair

    def save_instance(self) -> Fair:
        before = known_of(self.object.pk)
        fair = super().save_instance()
        tell_changes(fair=fair, before=before, now=timezone.now())
        return fair

    def get_success_url(self) -> str:
        return desk_address(self.object)

    def get_header_buttons(self) -> list:
        desk = HeaderButton(_("Desk"), url=desk_address(self.object), icon_name="clipboard-list")
        return [desk, *super().get_header_buttons()]


class RefusingDeleteView(DeleteView):
    """What others stand on is not deleted, and that is said. Wagtail knows of some of it by its
    index of references, the database of all."""

    def form_valid(self, form: object) -> HttpResponse:
        try:
            return super().form_valid(form)
        except (ProtectedError, PermissionDenied):
            words = _("“%(name)s” stays: it is still needed elsewhere. Take it out there first.")
            messages.error(self.request, words % {"name": self.object})
            return redirect(self.index_url_name)


class FairViewSet(ModelViewSet):
    model = Fair
    name = "fairs"
    icon = "site"
    menu_label = _("Fairs")
    copy_view_enabled = False
    edit_handler = FAIR_PANELS
    index_view_class = FairIndexView
    add_view_class = FairCreateView
    edit_view_class = FairEditView
    delete_view_class = RefusingDeleteView
    search_fields = ["name", "theme", "venue"]
    list_display = [
        TitleColumn("name", label=_("Fair"), get_url=desk_address),
        Column("days", label=_("Days"), accessor=days_words),
        Column("state", label=_("State"), accessor="get_state_display"),
        Column("applied", label=_("Have applied")),
        Column("waiting", label=_("To be judged")),
        Column("accepted", label=_("Accepted")),
    ]


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    name = "organisations"
    icon = "group"
    menu_label = _("Organisations")
    copy_view_enabled = False
    edit_handler = ORGANISATION_PANELS
    delete_view_class = RefusingDeleteView
    search_fields = ["name"]
    ordering = ["name"]
    list_display = ["name", "name_en"]


class FairsGroup(ModelViewSetGroup):
    menu_label = _("Fairs")
    menu_icon = "site"
    menu_order = 300
    items = (FairViewSet, OrganisationViewSet)
