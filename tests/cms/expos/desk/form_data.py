"""What an organiser's browser sends of the form of a fair."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data

CHILDREN = (
    "organisations",
    "zones",
    "quotas",
    "questions",
    "reviewers",
    "sessions",
)
FIELDS = {
    "name": "武川年货展销会（虚构）",
    "begins_on": "2027-01-15",
    "ends_on": "2027-01-17",
    "opens_at": "09:00",
    "closes_at": "18:00",
    "call_closes_at": "2026-12-20 18:00",
    "expected_visitors": "800",
    "venue": "北城会展馆（虚构）",
    "region": "110101",
    "address": "北城路1号",
}


def typed(lists=None, initial=None, **changes):
    """`lists` are new rows by the name of the list, `initial` how many rows it had."""
    rows = {name: (lists or {}).get(name, []) for name in CHILDREN}
    count = initial or {}
    sets = {name: inline_formset(rows[name], initial=count.get(name, 0)) for name in CHILDREN}
    return nested_form_data({**FIELDS, **changes, **sets})
