"""Test data in the words of the shop."""

from tests.factories.goods import CooperativeFactory, ProductFactory, pack_of, specialty

__all__ = ["CooperativeFactory", "ProductFactory", "pack_of", "specialty"]
