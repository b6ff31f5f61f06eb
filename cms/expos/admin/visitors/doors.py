"""Doors of a fair: opened with a link of their own, handed over by a code, closed again."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.generic import TemplateView, View

from cms.expos.admin.visitors.desk import FairScreen
from marketplace.fairs.models import Door
from marketplace.fairs.services.doors import close_door, open_door
from marketplace.fairs.visitor_refusals import DoorNameTaken
from marketplace.qr import qr_code


class DoorForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the door"), max_length=40)


def door_url(door: Door) -> str:
    """Whoever has it reads tickets there. In Chinese, whatever language the organiser reads."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse("doors:page", args=[door.token])


class DoorsView(FairScreen, TemplateView):
    screen = "doors"
    template_name = "expos/admin/visitors/doors.html"

    def get_context_data(self, **kwargs: object) -> dict:
        doors = Door.objects.filter(fair=self.fair).for_desk()
        rows = [{"door": door, "url": door_url(door)} for door in doors]
        for row in rows:
            row["code"] = None if row["door"].closed_at else qr_code(row["url"])
        form = kwargs.pop("form", None) or DoorForm()
        return {**super().get_context_data(**kwargs), "rows": rows, "form": form}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        form = DoorForm(request.POST)
        if form.is_valid():
            try:
                door = open_door(fair=self.fair, name=form.cleaned_data["name"])
            except DoorNameTaken as refusal:
                form.add_error(refusal.field, refusal.words)
            except ValidationError as wrong:
                form.add_error(None, wrong)
            else:
                words = _("“%(door)s” is open. Hand its code to whoever stands there.")
                messages.success(request, words % {"door": door.name})
                return redirect(self.address("doors"))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CloseDoorView(FairScreen, View):
    screen = "doors"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        door = get_object_or_404(Door, pk=kwargs["door"], fair=self.fair)
        if close_door(door=door, now=timezone.now()):
            words = _("“%(door)s” is closed; its link reads no more tickets.")
            messages.success(request, words % {"door": door.name})
        return redirect(self.address("doors"))
