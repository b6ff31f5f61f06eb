"""What a cooperative writes to apply for a fair, and to leave it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from marketplace.dashboard.fields import ServiceForm
from marketplace.fairs.answers import (
    MOST_NUMBER,
    MOST_WORDS,
    NO,
    YES,
    asked,
    choices_of,
    question_text,
    wanted_answer,
)
from marketplace.fairs.models import Question
from marketplace.fairs.services.applying import GOODS

Kind = Question.Kind
PREFIX = "q_"
MOST_SENT = 2000


def answer_field(question: Question) -> forms.CharField:
    """The service says whether an answer is one; the widget only helps to write it."""
    widgets = {
        Kind.YES_NO: lambda: forms.RadioSelect(choices=[(YES, _("Yes")), (NO, _("No"))]),
        Kind.CHOICE: lambda: forms.RadioSelect(choices=[(c, c) for c in choices_of(question)]),
        Kind.NUMBER: lambda: forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": len(str(MOST_NUMBER))}
        ),
        Kind.TEXT: lambda: forms.Textarea(attrs={"rows": 3, "maxlength": MOST_WORDS}),
    }
    field = forms.CharField(
        label=question_text(question),
        required=False,
        widget=widgets[Kind(question.kind)](),
    )
    field.widget.is_required = question.is_required
    return field


@dataclass(frozen=True)
class QuestionRow:
    """A question as it is written down: `wanted` is the answer of `question.only_if` with which it
    is asked."""

    field: forms.BoundField
    question: Question
    wanted: str
    is_asked: bool

    @property
    def is_choice(self) -> bool:
        return self.question.kind in (Kind.YES_NO, Kind.CHOICE)


class ApplicationForm(ServiceForm):
    """The goods and the questions; all is checked by the service, so that a draft may be kept
    half-written.

    All questions are on the page, so that a script can show and hide those that rest on others
    while somebody writes. Those that are not asked are hidden, and the service drops them.
    """

    goods = forms.TypedMultipleChoiceField(label=_("Goods that you bring"), coerce=int)

    def __init__(
        self,
        *args: object,
        choices: Iterable[Product],
        questions: list[Question],
        answers: Mapping[str, str],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.products, self.questions = list(choices), questions
        self.fields["goods"].choices = [(good.pk, good.name) for good in self.products]
        self.fields["goods"].required = False
        self.BY_FIELD = {question.key: PREFIX + question.key for question in questions}
        given = self.sent_answers if self.is_bound else answers
        self.asked_keys = {question.key for question in asked(questions, given)}
        for question in questions:
            name = PREFIX + question.key
            self.fields[name] = answer_field(question)
            self.initial.setdefault(name, answers.get(question.key, ""))

    @property
    def sent_answers(self) -> dict[str, str]:
        """What was sent, of all questions; the service drops what is not asked."""
        sent = {q.key: str(self.data.get(PREFIX + q.key, "")) for q in self.questions}
        return {key: answer.strip()[:MOST_SENT] for key, answer in sent.items()}

    @property
    def goods_rows(self) -> list[tuple[Product, bool]]:
        """Each good, and whether it is ticked."""
        ticked = {str(value) for value in self[GOODS].value() or ()}
        return [(good, str(good.pk) in ticked) for good in self.products]

    @property
    def question_rows(self) -> list[QuestionRow]:
        by_key = {question.key: question for question in self.questions}
        return [
            QuestionRow(
                field=self[PREFIX + question.key],
                question=question,
                wanted=wanted_of(question, by_key.get(question.only_if)),
                is_asked=question.key in self.asked_keys,
            )
            for question in self.questions
        ]


def wanted_of(question: Question, basis: Question | None) -> str:
    return wanted_answer(basis, question.only_if_answer) if basis else ""


class LeaveForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The organiser reads it."),
    )
