"""Specialties with their pictures, and the shelves in them."""

from catalog.models import Category
from marketplace.demo import reading
from marketplace.demo.services.art import upload

FIELDS = ("name", "name_en", "tagline", "tagline_en", "description", "description_en")


def load_categories() -> dict[str, Category]:
    """Write what is missing of the tree; returns the nodes by path: "oat", "oat/flour".

    Texts, picture and place of a node belong to the operator as soon as it is there.
    """
    nodes: dict[str, Category] = {}
    for entry in reading.categories():
        parent = nodes.get(entry["parent"])
        path = f"{entry['parent']}/{entry['slug']}".strip("/")
        nodes[path] = _find_or_add(entry["slug"], parent, _values(entry, parent))
    return nodes


def _values(entry: dict, parent: Category | None) -> dict:
    values = {name: entry[name] for name in FIELDS if name in entry}
    values["colour"] = parent.colour if parent else entry["colour"]
    if "image" in entry:
        values["image"], values["renditions"] = upload(entry["image"], "categories")
    return values


def _find_or_add(slug: str, parent: Category | None, values: dict) -> Category:
    siblings = parent.get_children() if parent else Category.get_root_nodes()
    node = siblings.filter(slug=slug).first()
    if node is not None:
        return node
    add = parent.add_child if parent else Category.add_root
    return add(slug=slug, **values)
