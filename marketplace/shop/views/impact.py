"""Where the money goes: the published figures of a year, for people and as a file."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from marketplace.pictures import Picture
from marketplace.reports.public_plan import read_public_plan
from marketplace.shop.caching import SHARED_SECONDS, public_page
from marketplace.shop.impact.file import figures_file, file_name
from marketplace.shop.impact.page import Impact, read_impact
from marketplace.shop.seo import absolute, breadcrumb_list, to_script
from marketplace.shop.sharing import Share
from marketplace.shop.trail import impact_trail


@require_safe
@public_page
def show_impact(request: HttpRequest) -> HttpResponse:
    """The year of the latest batch; before the first one, that there are no figures yet."""
    impact = read_impact()
    if impact is None:
        return render(request, "shop/impact/none.html", common_context())
    return render(request, "shop/impact/page.html", impact_context(impact))


@require_safe
@public_page
def show_year(request: HttpRequest, year: int) -> HttpResponse:
    return render(request, "shop/impact/page.html", impact_context(impact_of(year)))


@require_safe
@cache_control(public=True, max_age=0, s_maxage=SHARED_SECONDS)
def download_figures(request: HttpRequest, year: int) -> HttpResponse:
    impact = impact_of(year)
    answer = HttpResponse(figures_file(impact), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(impact)}"'
    return answer


def impact_of(year: int) -> Impact:
    impact = read_impact(year)
    if impact is None:
        raise Http404
    return impact


def impact_context(impact: Impact) -> dict[str, object]:
    path = address_of(impact)
    common = common_context()
    return {
        **common,
        "impact": impact,
        "plan": read_public_plan(),
        "years": [(year, year == impact.year) for year in impact.edition.years],
        "canonical_path": path,
        "json_ld": to_script([data_set(impact, path), breadcrumb_list(common["breadcrumbs"])]),
    }


def common_context() -> dict[str, object]:
    breadcrumbs = impact_trail()
    lead = _(
        "Figures are entered by the producers and confirmed by the county; each one rests on its"
        " records."
    )
    return {
        "heading": _("Buy a bag: where does the money go?"),
        "lead": lead,
        "is_demo": settings.DEMO_ALLOWED,
        "picture": fields_picture(),
        "share": Share(_("Buy a bag: where does the money go?"), lead),
        "breadcrumbs": breadcrumbs,
        "json_ld": to_script([breadcrumb_list(breadcrumbs)]),
    }


def address_of(impact: Impact) -> str:
    """A year has one address: the latest is the one without its number."""
    if impact.year == impact.edition.month.year:
        return reverse("impact:latest")
    return reverse("impact:year", args=[impact.year])


def data_set(impact: Impact, path: str) -> dict:
    file = reverse("impact:file", args=[impact.year])
    return {
        "@type": "Dataset",
        "@id": absolute(f"{path}#data"),
        "name": f"{_('Assistance in figures')} {impact.period}",
        "description": _("Sales, and what was paid to households, by month, county and kind."),
        "url": absolute(path),
        "inLanguage": get_language(),
        "version": impact.edition.number,
        "dateModified": impact.edition.as_of.isoformat(),
        "temporalCoverage": str(impact.year),
        "isAccessibleForFree": True,
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": absolute(file),
        },
    }


def fields_picture() -> Picture:
    return Picture(src=static("img/fields.webp"), srcset="", width=960, height=422, alt="")
