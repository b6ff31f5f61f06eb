"""How an editor picks goods, specialties, producers, counties and fairs from the shop."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalog.models import Category, Product
from catalog.origins.models import Region
from catalog.producers.models import Cooperative
from cms.blocks.keys import KeyChooserBlock
from marketplace.fairs.models import Fair


class ProductChooserViewSet(ChooserViewSet):
    """Goods, newest first; packs are not chosen, their good is."""

    model = Product
    icon = "tag"
    base_block_class = KeyChooserBlock
    choose_one_text = _("Choose a good")
    choose_another_text = _("Choose another good")

    def get_object_list(self) -> QuerySet[Product]:
        return Product.objects.filter(structure=Product.PARENT).order_by("-pk")


class CooperativeChooserViewSet(ChooserViewSet):
    model = Cooperative
    icon = "group"
    base_block_class = KeyChooserBlock
    choose_one_text = _("Choose a producer")
    choose_another_text = _("Choose another producer")

    def get_object_list(self) -> QuerySet[Cooperative]:
        return Cooperative.objects.order_by("slug")


class SpecialtyChooserViewSet(ChooserViewSet):
    model = Category
    icon = "grid"
    base_block_class = KeyChooserBlock
    choose_one_text = _("Choose a specialty")
    choose_another_text = _("Choose another specialty")

    def get_object_list(self) -> QuerySet[Category]:
        return Category.objects.specialties()


class CountyChooserViewSet(ChooserViewSet):
    """Counties that goods come from. Other forms choose among all regions, so the widget is
    only theirs who name it."""

    model = Region
    icon = "site"
    base_block_class = KeyChooserBlock
    register_widget = False
    choose_one_text = _("Choose a county")
    choose_another_text = _("Choose another county")

    def get_object_list(self) -> QuerySet[Region]:
        return Region.objects.origins().order_by("code")


class FairChooserViewSet(ChooserViewSet):
    model = Fair
    icon = "date"
    base_block_class = KeyChooserBlock
    choose_one_text = _("Choose a fair")
    choose_another_text = _("Choose another fair")

    def get_object_list(self) -> QuerySet[Fair]:
        return Fair.objects.order_by("-begins_on", "-pk")


product_chooser = ProductChooserViewSet("product_chooser")
cooperative_chooser = CooperativeChooserViewSet("cooperative_chooser")
specialty_chooser = SpecialtyChooserViewSet("specialty_chooser")
county_chooser = CountyChooserViewSet("county_chooser")
fair_chooser = FairChooserViewSet("fair_chooser")
ProductKeyBlock = product_chooser.get_block_class("ProductKeyBlock", __name__)
CooperativeKeyBlock = cooperative_chooser.get_block_class("CooperativeKeyBlock", __name__)
SpecialtyKeyBlock = specialty_chooser.get_block_class("SpecialtyKeyBlock", __name__)
CountyKeyBlock = county_chooser.get_block_class("CountyKeyBlock", __name__)
FairKeyBlock = fair_chooser.get_block_class("FairKeyBlock", __name__)
