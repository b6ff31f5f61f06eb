"""What the call of a fair asks: which questions hold, and whether an answer is one.

An answer is kept as words: "yes" or "no", one of the choices, digits, or a few words.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from marketplace.fairs.models import Question
from marketplace.localised import localised

Kind = Question.Kind
YES, NO = "yes", "no"
# How an organiser may write the two in a condition.
SPELLINGS = {"是": YES, "有": YES, "否": NO, "没有": NO, "无": NO}
MOST_WORDS, MOST_NUMBER = 500, 1_000_000


def choices_of(question: Question) -> list[str]:
    """One per line, without empty lines."""
    return [line.strip() for line in question.choices.splitlines() if line.strip()]


def question_text(question: Question) -> str:
    return localised(question, "text")


def wanted_answer(question: Question, condition: str) -> str:
    """The answer to `question` that a condition on it asks for, as it would be kept."""
    condition = condition.strip()
    if question.kind == Kind.YES_NO:
        return SPELLINGS.get(condition, condition.lower())
    return condition


def asked(questions: Iterable[Question], answers: Mapping[str, str]) -> list[Question]:
    """Those that hold with these answers, in their order. A question whose condition rests on one
    that is not asked is not asked either."""
    found: dict[str, Question] = {}
    for question in questions:
        if not question.only_if or holds(question, found, answers):
            found[question.key] = question
    return list(found.values())


def holds(question: Question, before: Mapping[str, Question], answers: Mapping[str, str]) -> bool:
    basis = before.get(question.only_if)
    if basis is None:
        return False
    return answers.get(basis.key, "") == wanted_answer(basis, question.only_if_answer)


def problem_with(question: Question, answer: str) -> str:
    """Why it is no answer to the question; "" when it is one, or none was given."""
    if not answer:
        return ""
    if question.kind == Kind.YES_NO and answer not in (YES, NO):
        return _("Choose yes or no.")
    if question.kind == Kind.CHOICE and answer not in choices_of(question):
        return _("Choose one of these.")
    if question.kind == Kind.NUMBER and not is_number(answer):
        return _("Write a whole number, not above %(most)s.") % {"most": MOST_NUMBER}
    if len(answer) > MOST_WORDS:
        return _("At most %(count)s characters.") % {"count": MOST_WORDS}
    return ""


def is_number(answer: str) -> bool:
    digits = answer.isascii() and answer.isdecimal() and len(answer) <= len(str(MOST_NUMBER))
    return digits and int(answer) <= MOST_NUMBER


def clean_answers(questions: Iterable[Question], given: Mapping[str, str]) -> dict[str, str]:
    """What is kept of what was sent: answers to questions that are asked, without spaces around."""
    stripped = {key: str(answer).strip() for key, answer in given.items()}
    held = asked(questions, stripped)
    return {question.key: stripped[question.key] for question in held if stripped.get(question.key)}


def problems_of(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """By key of the question, what is wrong with the answers that were given."""
    found = {q.key: problem_with(q, answers.get(q.key, "")) for q in asked(questions, answers)}
    return {key: words for key, words in found.items() if words}


def missing_of(questions: Iterable[Question], answers: Mapping[str, str]) -> dict[str, str]:
    """By key of the question, what still has to be answered."""
    return {
        question.key: _("This is still missing.")
        for question in asked(questions, answers)
        if question.is_required and not answers.get(question.key)
    }


def answer_text(question: Question, answer: str) -> str:
    """As it is read."""
    if question.kind == Kind.YES_NO:
        return {YES: _("Yes"), NO: _("No")}.get(answer, "—")
    return answer or "—"
