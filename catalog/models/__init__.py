"""Oscar's catalogue with our product, category and pictures; see product.py for the shape."""

from catalog.models.category import Category
from catalog.models.picture import ProductImage
from catalog.models.product import Product, ProductClass
from catalog.models.requirement import ProductBadge, ProductPaper, RequiredPaper
from catalog.models.withdrawal import Withdrawal

from oscar.apps.catalogue.models import *
