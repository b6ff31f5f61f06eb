from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet

from cms.blocks.choosers import (
    cooperative_chooser,
    county_chooser,
    fair_chooser,
    product_chooser,
    specialty_chooser,
)


@hooks.register("register_admin_viewset")
def register_choosers() -> list[ChooserViewSet]:
    return [product_chooser, specialty_chooser, cooperative_chooser, county_chooser, fair_chooser]
