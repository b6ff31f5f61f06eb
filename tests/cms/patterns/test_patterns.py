"""Whoever adds a section or a component adds its sample; all of them can be drawn alone."""

from pathlib import Path

import pytest
from django.conf import settings

from cms.blocks.section import SectionBlock
from cms.home.models import HomePage
from cms.patterns.samples import FRAME, components, sections
from cms.patterns.views import draw
from marketplace import settings as shipped

PATTERNS = [*sections(), *components()]
TEMPLATES = Path(settings.BASE_DIR) / "marketplace" / "templates"
ROOMS = ("cms.blocks.", "cms.stories.", "cms.expos.")


def kinds(base=SectionBlock):
    for kind in base.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_section_has_a_sample():
    """What has no template of its own is a base of others."""
    ours = {
        getattr(kind._meta_class, "template", "")
        for kind in kinds()
        if kind.__module__.startswith(ROOMS)
    } - {""}
    assert ours == {each.template for each in sections()}
    assert len(ours) >= len(HomePage.body.field.stream_block.child_blocks)


def test_every_component_has_a_sample_or_frames_the_page():
    files = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert files == FRAME | {each.name for each in components()}


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.anchor)
def test_a_pattern_is_drawn_alone(pattern):
    html = draw(pattern).html
    assert html.strip()
    assert "&lt;SimpleNamespace" not in html


def test_the_page_shows_all_of_them_under_anchors(client, db):
    html = client.get("/patterns/").content.decode()
    for pattern in PATTERNS:
        assert f'id="{pattern.anchor}"' in html
        assert f'href="#{pattern.anchor}"' in html


def test_anchors_are_not_used_twice():
    assert len({each.anchor for each in PATTERNS}) == len(PATTERNS)


def test_nobody_but_developers_sees_the_page():
    assert shipped.PATTERN_LIBRARY is shipped.DEBUG
