"""The pattern library: sections and components alone, with sample values."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.patterns.samples import Pattern, components, sections

# Nothing to look at, only to read.
READ = {"open_graph"}


@dataclass(frozen=True)
class Drawn:
    pattern: Pattern
    html: SafeString
    is_read: bool


def draw(pattern: Pattern) -> Drawn:
    html = render_to_string(pattern.template, pattern.context)
    return Drawn(pattern, html, pattern.name in READ)


@require_safe
def show_patterns(request: HttpRequest) -> HttpResponse:
    groups = [
        {"label": _("Sections of pages"), "rows": [draw(each) for each in sections()]},
        {"label": _("Components"), "rows": [draw(each) for each in components()]},
    ]
    return render(request, "patterns/page.html", {"groups": groups, "alternates": []})
