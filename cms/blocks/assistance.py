"""Figures of assistance. An editor says which, and nobody types one: they are the published ones.

All sections of a page share one reading (see reading.py), and follow each batch by themselves.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock, StructValue
from wagtail.blocks.struct_block import StructBlockValidationError

from catalog.assistance.published import Rows
from cms.blocks.reading import Found, Needs
from cms.blocks.section import UNSEEN, SectionBlock
from marketplace.shop.impact.drawings import bars_of
from marketplace.shop.impact.page import Impact, KeyFigure, current_impact


class Which(models.TextChoices):
    HOUSEHOLDS = "households", _("Households with confirmed benefit records")
    PAID = "paid", _("Paid to households: purchases, wages, dividends")
    PRODUCERS = "producers", _("Producers that supplied")
    SALES = "sales", _("Sales paid and not refunded")


class By(models.TextChoices):
    MODE = "mode", _("By kind of benefit")
    COUNTY = "county", _("By county")


def read_figures(_asked: set[str], _found: Found) -> Impact | None:
    return current_impact()


class AssistanceBlock(SectionBlock):
    """Before the first batch visitors see nothing, and editors are told."""

    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    figures = ListBlock(
        ChoiceBlock(choices=Which.choices),
        label=_("Figures"),
        default=[],
        max_num=len(Which),
        help_text=_("Of the year so far, as the last batch published them."),
    )
    table = ChoiceBlock(choices=By.choices, required=False, label=_("Table below"))

    def clean(self, value: StructValue) -> StructValue:
        value = super().clean(value)
        if not value["figures"] and not value["table"]:
            nothing = ValidationError(_("Choose a figure or a table."))
            raise StructBlockValidationError({"table": nothing})
        return value

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.ask(read_figures, "year")

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        impact = found.of(read_figures)
        if impact is None:
            return {"impact": None, "hint": self.hint(value, found)}
        rows = rows_of(impact, value["table"])
        return {
            "impact": impact,
            "figures": chosen(impact, value["figures"]),
            "bars": bars_of(rows),
            "hidden": rows.hidden,
            "by_mode": value["table"] == By.MODE,
            "table_title": By(value["table"]).label if value["table"] else "",
        }

    def hint(self, value: StructValue, found: Found) -> str:
        if found.of(read_figures):
            return ""
        return gettext("Visitors do not see this: no figures have been published yet.")

    def get_template(self, value: StructValue, context: dict | None = None) -> str:
        if self.hint(value, context["found"]):
            return UNSEEN
        return super().get_template(value, context)

    class Meta:
        icon = "decimal"
        label = _("Assistance in figures")
        template = "cms/blocks/assistance.html"


def rows_of(impact: Impact, table: str | None) -> Rows:
    tables = {By.MODE: impact.figures.by_mode, By.COUNTY: impact.figures.by_county}
    return tables.get(table, Rows())


def chosen(impact: Impact, names: list[str]) -> list[KeyFigure]:
    """In the editor's order, each once."""
    figures = {figure.name: figure for figure in impact.key_figures}
    return [figures[name] for name in dict.fromkeys(names) if name in figures]
