"""Booths of a fair: the list by zone, making a row of them, giving one, taking it back."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from cms.expos.admin.exhibitors.screens import Crumb, FairScreen
from marketplace.fairs.models import Allotment, Booth, Exhibitor, Fair, Zone
from marketplace.fairs.refusals import FairRefused
from marketplace.fairs.services.booths import (
    HELD_FOR,
    allot_booth,
    change_booth,
    make_booths,
    release_booth,
    remove_booth,
)

MOST_BOOTHS, MOST_DAYS = 100, 30


def size_field() -> forms.DecimalField:
    return forms.DecimalField(
        label=gettext_lazy("Square metres"),
        min_value=1,
        max_value=Decimal("999.9"),
        decimal_places=1,
        initial=9,
    )


class MakeForm(forms.Form):
    zone = forms.ModelChoiceField(Zone.objects.none(), label=gettext_lazy("Zone"))
    first = forms.IntegerField(
        label=gettext_lazy("First number"), min_value=1, max_value=999, initial=1
    )
    count = forms.IntegerField(
        label=gettext_lazy("How many"), min_value=1, max_value=MOST_BOOTHS, initial=8
    )
    size = size_field()

    def __init__(self, *args: object, fair: Fair, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].queryset = Zone.objects.filter(fair=fair).order_by("sort_order", "pk")


class ChangeForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Number"),
        max_length=8,
        help_text=gettext_lazy("The zone's letter and two or three digits, as A07."),
    )
    size = size_field()

    def __init__(self, *args: object, zone: Zone, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        words = gettext_lazy("Write the zone's letter and two or three digits.")
        self.fields["number"].validators.append(RegexValidator(rf"^{zone.code}\d{{2,3}}\Z", words))


class AllotForm(forms.Form):
    exhibitor = forms.ModelChoiceField(
        Exhibitor.objects.none(),
        label=gettext_lazy("Exhibitor"),
        help_text=gettext_lazy("Accepted ones that have no booth yet."),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Held for how many days"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=HELD_FOR.days,
        help_text=gettext_lazy("Until then it has to be confirmed, else it is free again."),
    )

    def __init__(self, *args: object, fair: Fair, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exhibitor"].queryset = Exhibitor.objects.filter(fair=fair, state="accepted")
        waiting = Exhibitor.objects.filter(fair=fair).to_be_placed(timezone.now())
        choices = [(row.pk, row.cooperative.short_name_text) for row in waiting]
        self.fields["exhibitor"].widget.choices = [("", "—"), *choices]


class ReleaseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("The exhibitor reads it in a mail."),
    )


class BoothsView(FairScreen, TemplateView):
    template_name = "expos/admin/exhibitors/booths.html"
    page_title = gettext_lazy("Booths")
    header_icon = "grip"

    def get_context_data(self, **kwargs: object) -> dict:
        booths = list(Booth.objects.filter(fair=self.fair).for_plan(timezone.now()))
        waiting = Exhibitor.objects.filter(fair=self.fair).to_be_placed(timezone.now())
        about = {"booths": booths, "waiting": list(waiting), "make_form": MakeForm(fair=self.fair)}
        return {**super().get_context_data(**kwargs), **about, **kwargs}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """A row of booths."""
        form = MakeForm(request.POST, fair=self.fair)
        if form.is_valid():
            try:
                made = make_booths(**form.cleaned_data)
            except FairRefused as refusal:
                form.add_error("first", refusal.words)
            else:
                about = {"first": made[0].number, "last": made[-1].number}
                messages.success(request, _("Made: %(first)s to %(last)s.") % about)
                return redirect(self.address("booths"))
        return self.render_to_response(self.get_context_data(make_form=form), status=422)


class BoothView(FairScreen, TemplateView):
    """One booth. The button's `do` says what is asked for."""

    template_name = "expos/admin/exhibitors/booth.html"
    header_icon = "grip"

    @cached_property
    def booth(self) -> Booth:
        rows = Booth.objects.filter(fair=self.fair).for_plan(timezone.now())
        return get_object_or_404(rows, pk=self.kwargs["row"])

    @cached_property
    def place(self) -> Allotment | None:
        return self.booth.places[0] if self.booth.places else None

    def get_page_title(self) -> str:
        return _("Booth %(number)s") % {"number": self.booth.number}

    def crumbs(self) -> list[Crumb]:
        return [Crumb(self.address("booths"), _("Booths"))]

    def get_context_data(self, **kwargs: object) -> dict:
        booth = self.booth
        shown = {"number": booth.number, "size": booth.size}
        history = booth.allotments.select_related("exhibitor__cooperative", "made_by")
        return {
            **super().get_context_data(**kwargs),
            "booth": booth,
            "place": self.place,
            "history": history.order_by("-made_at", "-pk"),
            "allot_form": AllotForm(fair=self.fair),
            "change_form": ChangeForm(initial=shown, zone=booth.zone),
            "release_form": ReleaseForm(),
            **kwargs,
        }

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        acts: dict[str, Callable[[], HttpResponse]] = {
            "allot": self.allot,
            "change": self.change,
            "remove": self.remove,
            "release": self.release,
        }
        do = request.POST.get("do", "")
        if do not in acts:
            messages.error(request, _("Choose what is to be done."))
            return redirect(self.address("booth", self.booth.pk))
        return acts[do]()

    def allot(self) -> HttpResponse:
        form = AllotForm(self.request.POST, fair=self.fair)

        def act() -> None:
            allot_booth(
                exhibitor_id=form.cleaned_data["exhibitor"].pk,
                booth_id=self.booth.pk,
                held_for=timedelta(days=form.cleaned_data["days"]),
                by=self.request.user,
                now=timezone.now(),
            )

        return self.with_form("allot_form", form, act)

    def change(self) -> HttpResponse:
        form = ChangeForm(self.request.POST, zone=self.booth.zone)
        about = {"booth_id": self.booth.pk, "now": timezone.now()}
        return self.with_form(
            "change_form", form, lambda: change_booth(**form.cleaned_data, **about)
        )

    def release(self) -> HttpResponse:
        form = ReleaseForm(self.request.POST)
        place = self.place

        def act() -> None:
            if place:
                reason = form.cleaned_data["reason"]
                release_booth(allotment_id=place.pk, reason=reason, now=timezone.now())

        return self.with_form("release_form", form, act)

    def remove(self) -> HttpResponse:
        try:
            remove_booth(booth_id=self.booth.pk, now=timezone.now())
        except FairRefused as refusal:
            messages.error(self.request, refusal.words)
            return redirect(self.address("booth", self.booth.pk))
        messages.success(self.request, _("Booth %(n)s is gone.") % {"n": self.booth.number})
        return redirect(self.address("booths"))

    def with_form(self, name: str, form: forms.Form, act: Callable[[], object]) -> HttpResponse:
        if form.is_valid():
            try:
                act()
            except FairRefused as refusal:
                form.add_error(None, refusal.words)
            else:
                messages.success(self.request, _("Done, and written down."))
                return redirect(self.address("booths"))
        context = self.get_context_data(**{name: form})
        return self.render_to_response(context, status=422)
