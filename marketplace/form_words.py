"""What Django's own form fields say, named here so that the market's Chinese is collected for it.

Catalogues of the project come before those of packages, which say it stiffly.
"""

from django.utils.translation import gettext_noop

SAID_BY_FIELDS = (
    gettext_noop("This field is required."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid date."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
)
