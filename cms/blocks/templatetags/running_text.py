"""Rich text for visitors: only what the editor's tools can make, whoever stored it and how."""

from bs4 import Tag
from django import template
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import RichText, expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

register = template.Library()

WORDS = ("[document]", "h2", "h3", "p", "b", "strong", "i", "em", "br", "hr", "ol", "ul", "li")


keep_address = attribute_rule({"href": check_url})


def keep_link(tag: Tag) -> None:
    """Without an address, as when its page is not published any more, only its words stay."""
    keep_address(tag)
    if not tag.get("href"):
        tag.unwrap()


class RunningText(Whitelister):
    """Unknown elements lose their tags, known ones all attributes but a link's address."""

    element_rules = {**dict.fromkeys(WORDS, allow_without_attributes), "a": keep_link}


@register.filter
def running_text(value: RichText | str) -> SafeString:
    """Links to pages become addresses first, then the whole is looked through."""
    source = value.source if isinstance(value, RichText) else value
    return mark_safe(RunningText().clean(expand_db_html(source)))  # noqa: S308
