"""Why no batch is begun, published or dropped. Whoever raises one of these has changed nothing."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class BatchRefused(Exception):
    """`words` say why in the reader's language."""

    @property
    def words(self) -> str:
        return _("This batch has gone on meanwhile. Please look at it again.")


class BatchUnderWay(BatchRefused):
    @property
    def words(self) -> str:
        return _("A batch is under way already. Publish it or drop it first.")


class MonthNotBegun(BatchRefused):
    @property
    def words(self) -> str:
        return _("This month has not begun yet.")


class LaterMonthPublished(BatchRefused):
    """What is shown would go back to an earlier month."""

    @property
    def words(self) -> str:
        return _("Figures of a later month are published. Take that month, or a later one.")


class NotProved(BatchRefused):
    """Hidden figures could be worked out."""

    @property
    def words(self) -> str:
        return _("Some hidden figures could be worked out. Nothing of it may be published.")


class LittleChangesUnseen(BatchRefused):
    """Figures that are out would change so little that the difference tells of a few households,
    and nobody said that this may be."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count

    @property
    def words(self) -> str:
        said = ngettext(
            "Not published. Look at the %(count)s figure that changed this little, then tick here.",
            "Not published. Look at the %(count)s figures that changed this little, then tick"
            " here.",
            self.count,
        )
        return said % {"count": self.count}
