"""What Wagtail's forms send."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield


def page_form(title="平台规则", slug="rules", body=(), **values):
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "kicker": "",
            "introduction": "",
            "search_description": "",
            "seo_title": "",
            "go_live_at": "",
            "expire_at": "",
            "body": streamfield(list(body)),
            "comments": inline_formset([]),
            **values,
        }
    )


def text(words):
    return ("text", {"text": rich_text(f"<p>{words}</p>")})


def list_of(values):
    """The form data of a ListBlock."""
    rows = {
        str(number): {"deleted": "", "order": str(number), "value": value}
        for number, value in enumerate(values)
    }
    return {"count": str(len(values)), **rows}
