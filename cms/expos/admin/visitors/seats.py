"""Sessions with their seats; the organiser gives a session more of them."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from cms.expos.admin.visitors.desk import VisitorScreen
from marketplace.fairs.models import Session
from marketplace.fairs.services.seats import resize_session
from marketplace.fairs.visitor_refusals import VisitorRefused
from marketplace.typed import read_number

MOST_SEATS = 100_000


class SeatsForm(forms.Form):
    capacity = forms.IntegerField(min_value=1, max_value=MOST_SEATS)


class SessionsView(VisitorScreen, TemplateView):
    screen = "sessions"
    template_name = "expos/admin/visitors/sessions.html"

    def get_context_data(self, **kwargs: object) -> dict:
        sessions = Session.objects.filter(fair=self.fair).for_desk()
        refused = {"session_id": None, "problem": "", "typed": "", **kwargs}
        return {**super().get_context_data(**refused), "sessions": sessions}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Another number of seats for one session."""
        session_id = read_number(request.POST.get("session", ""))
        if not Session.objects.filter(pk=session_id, fair=self.fair).exists():
            raise Http404
        form = SeatsForm(request.POST)
        problem = ""
        if form.is_valid():
            try:
                session = resize_session(
                    session_id=session_id,
                    capacity=form.cleaned_data["capacity"],
                    now=timezone.now(),
                )
            except VisitorRefused as refusal:
                problem = refusal.words
            else:
                words = _("“%(title)s” has %(seats)s seats now.")
                names = {"title": session.title, "seats": session.capacity}
                messages.success(request, words % names)
                return redirect(self.address("sessions"))
        else:
            problem = form.errors["capacity"][0]
        typed = request.POST.get("capacity", "")
        context = self.get_context_data(session_id=session_id, problem=problem, typed=typed)
        return self.render_to_response(context, status=422)
