"""What visitors ask, with answers that open at a touch and need no script."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StructBlock

from cms.blocks.section import SectionBlock


class QuestionBlock(StructBlock):
    question = CharBlock(label=_("Question"), max_length=100)
    answer = RichTextBlock(features=["bold", "ol", "ul", "link"], label=_("Answer"))


class QuestionsBlock(SectionBlock):
    title = CharBlock(label=_("Title"), max_length=60)
    questions = ListBlock(QuestionBlock(), label=_("Questions"), min_num=1, max_num=20)

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        template = "cms/blocks/questions.html"
