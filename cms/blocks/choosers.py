"""How an editor picks goods, specialties and producers from the shop."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from catalog.models import Category, Product
from catalog.producers.models import Cooperative
from cms.blocks.keys import KeyChooserBlock


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


product_chooser = ProductChooserViewSet("product_chooser")
cooperative_chooser = CooperativeChooserViewSet("cooperative_chooser")
specialty_chooser = SpecialtyChooserViewSet("specialty_chooser")
ProductKeyBlock = product_chooser.get_block_class("ProductKeyBlock", __name__)
CooperativeKeyBlock = cooperative_chooser.get_block_class("CooperativeKeyBlock", __name__)
SpecialtyKeyBlock = specialty_chooser.get_block_class("SpecialtyKeyBlock", __name__)
