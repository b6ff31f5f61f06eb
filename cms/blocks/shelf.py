"""A shelf of goods on a page, chosen one by one or by a rule; prices and stock are live."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, IntegerBlock, ListBlock, StructValue, TextBlock
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.choosers import (
    CooperativeKeyBlock,
    CountyKeyBlock,
    FairKeyBlock,
    ProductKeyBlock,
    SpecialtyKeyBlock,
)
from cms.blocks.reading import Found, Needs
from cms.blocks.rules import CHOSEN, COOPERATIVE, COUNTY, FAIR, RULES, SPECIALTY, ShelfRule
from cms.blocks.section import SectionBlock

MOST_GOODS = 12
NAMED = (SPECIALTY, COUNTY, COOPERATIVE, FAIR)


class ShelfBlock(SectionBlock):
    """Goods that are not for sale today leave the shelf by themselves."""

    title = CharBlock(label=_("Title"), max_length=60)
    lead = CharBlock(label=_("Lead"), max_length=200, required=False)
    link = CharBlock(label=_("Words of the link to the shelf"), max_length=40, required=False)
    rule = ChoiceBlock(choices=RULES, default=CHOSEN, label=_("Which goods"))
    specialty = SpecialtyKeyBlock(required=False, label=_("Specialty, for that rule"))
    county = CountyKeyBlock(required=False, label=_("County, for that rule"))
    cooperative = CooperativeKeyBlock(required=False, label=_("Producer, for that rule"))
    fair = FairKeyBlock(required=False, label=_("Fair, for that rule"))
    count = IntegerBlock(
        default=8, min_value=1, max_value=MOST_GOODS, label=_("How many, for a rule")
    )
    goods = ListBlock(
        ProductKeyBlock(), default=[], min_num=0, max_num=MOST_GOODS, label=_("Chosen goods")
    )
    feature = ProductKeyBlock(required=False, label=_("One good shown large"))
    feature_text = TextBlock(required=False, rows=2, label=_("Words about it"))

    def clean(self, value: StructValue) -> StructValue:
        value = super().clean(value)
        if value["rule"] in NAMED and not value[value["rule"]]:
            missing = ValidationError(_("Choose which one, or another rule."))
            raise StructBlockValidationError({value["rule"]: missing})
        return value

    def gather(self, value: StructValue, needs: Needs) -> None:
        needs.products.add(value["feature"])
        if value["rule"] == CHOSEN:
            needs.products.update(value["goods"])
        else:
            needs.rules.add(_rule(value))

    def fill(self, value: StructValue, found: Found) -> dict[str, Any]:
        feature = found.goods.get(value["feature"])
        if value["rule"] == CHOSEN:
            goods = [found.goods[key] for key in value["goods"] if key in found.goods]
        else:
            goods = _rule(value).pick(found.goods.values())
        others = [product for product in goods if product != feature]
        most = MOST_GOODS if value["rule"] == CHOSEN else value["count"]
        return {"feature": feature, "products": others[:most]}

    class Meta:
        icon = "tag"
        label = _("Shelf of goods")
        template = "cms/blocks/shelf.html"


def _rule(value: StructValue) -> ShelfRule:
    """One good more than shown: the one shown large may be among them."""
    return ShelfRule(value["rule"], value["count"] + 1, value.get(value["rule"]))
