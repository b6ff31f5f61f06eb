from wagtail import hooks
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.blocks.choosers import (
    cooperative_chooser,
    county_chooser,
    fair_chooser,
    product_chooser,
    specialty_chooser,
)
from cms.blocks.page_links import PublicPageLinks


@hooks.register("register_admin_viewset")
def register_choosers() -> list[ChooserViewSet]:
    return [product_chooser, specialty_chooser, cooperative_chooser, county_chooser, fair_chooser]


@hooks.register("register_rich_text_features", order=1)
def register_links_to_public_pages(features: FeatureRegistry) -> None:
    """After Wagtail's own for the same links."""
    features.register_link_type(PublicPageLinks)
