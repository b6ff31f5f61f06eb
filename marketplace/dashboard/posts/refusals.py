"""Why a post is not given, or not ended. Whoever raises one of these has changed nothing."""

from datetime import date

from django.utils.translation import gettext as _

from marketplace.day_words import month_day


class PostRefused(Exception):
    """`field` is where the words belong in the form."""

    field = "email"

    @property
    def words(self) -> str:
        return _("This has changed meanwhile. Please look again.")


class NoAccount(PostRefused):
    @property
    def words(self) -> str:
        return _(
            "Nobody has signed up with this address yet. Ask the person to sign up first, then "
            "appoint them here."
        )


class OwnPost(PostRefused):
    @property
    def words(self) -> str:
        return _("You cannot appoint yourself. Ask another operator.")


class HeldAlready(PostRefused):
    @property
    def words(self) -> str:
        return _("This person holds this post in that time already.")


class NoCounty(PostRefused):
    field = "county"

    @property
    def words(self) -> str:
        return _("For which county?")


class WrongDay(PostRefused):
    """`words` say which day is wrong."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(field, words)
        self.field, self._words = field, words

    @property
    def words(self) -> str:
        return self._words


class LastOperator(PostRefused):
    """From `day` on nobody would run the market."""

    field = "last"

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day

    @property
    def words(self) -> str:
        return _(
            "From %(day)s on nobody would run the market any more. Appoint another operator first."
        ) % {"day": month_day(self.day)}
