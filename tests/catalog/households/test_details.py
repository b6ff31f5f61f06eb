"""What may be written about a household, at its edges."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.households.codes import CODE, draw_code
from catalog.households.details import check_reason, clean_details
from catalog.households.id_numbers import check_digit, day_of_birth
from tests.factories.households import valid_id_number

DAY = date(2026, 11, 23)


def number_of(body: str) -> str:
    return body + check_digit(body)


def test_the_check_digit_is_that_of_the_standards_example():
    assert check_digit("11010519491231002") == "X"
    assert check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("11010519491231002X", "11010519491231002X"),
        (" 110105 19491231 002x ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
    ],
)
def test_a_number_is_kept_in_one_form(text, kept):
    assert clean_details({"id_number": text}, DAY) == {"id_number": kept}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The ID number is missing."),
        ("1101051949123100", "An ID number has 17 digits"),
        ("11010519491231002XX", "An ID number has 17 digits"),
        ("٣" * 18, "An ID number has 17 digits"),
        ("110105194912310021", "its last digit does not fit"),
        (number_of("11010519490231002"), "does not exist"),
        (number_of("11010518991231002"), "does not exist"),
        (number_of("11010520261124002"), "lies in the future"),
    ],
)
def test_a_number_that_cannot_be_is_refused_in_words_that_do_not_repeat_it(text, words):
    with pytest.raises(ValidationError) as refusal:
        clean_details({"id_number": text}, DAY)
    said = refusal.value.message_dict["id_number"][0]
    assert words in said
    assert not text or text not in said


def test_who_was_born_today_has_a_number():
    number = number_of("11010520261123002")
    assert clean_details({"id_number": number}, DAY) == {"id_number": number}


@pytest.mark.parametrize(
    ("field", "text", "kept"),
    [
        ("name", " 张  富 ", "张 富"),
        ("name", "巴特尔·苏和", "巴特尔·苏和"),
        ("phone", "+86 138-0000 1234", "13800001234"),
        ("phone", "１３８００００１２３４", "13800001234"),
        ("phone", "", ""),
        ("address", " 东坡村\n3号 ", "东坡村 3号"),
        ("address", "", ""),
    ],
)
def test_other_texts_are_kept_in_one_form(field, text, kept):
    assert clean_details({field: text}, DAY) == {field: kept}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", ""),
        ("name", "张"),
        ("name", "张富1"),
        ("name", "11010519491231002X"),
        ("name", "张" * 41),
        ("name", "<b>张</b>"),
        ("phone", "12345"),
        ("phone", "03718888888"),
        ("address", "东" * 201),
    ],
)
def test_other_texts_that_cannot_be_are_refused(field, text):
    with pytest.raises(ValidationError) as refusal:
        clean_details({field: text}, DAY)
    assert list(refusal.value.message_dict) == [field]


@pytest.mark.parametrize("reason", ["", "   ", "核对", "核" * 201])
def test_a_reason_says_something(reason):
    with pytest.raises(ValidationError) as refusal:
        check_reason(reason)
    assert list(refusal.value.message_dict) == ["reason"]


@pytest.mark.parametrize(
    "reason", ["核对张富贵的电话", "打 138 0000 1234 核对", "核对 11010519491231002x 的户"]
)
def test_a_reason_tells_nothing_that_is_sealed(reason):
    known = {"name": "张富贵", "id_number": "11010519491231002X", "phone": ""}
    with pytest.raises(ValidationError) as refusal:
        check_reason(reason, known)
    assert "Leave name, number and address out" in refusal.value.message_dict["reason"][0]
    assert check_reason(" 核对  账号 ", known) == "核对 账号"


@given(st.integers(0, 18_000_000), st.integers(0, 16), st.integers(1, 9))
def test_every_single_mistyped_digit_is_found(seed, place, more):
    number = valid_id_number(seed)
    assert day_of_birth(number)
    digit = str((int(number[place]) + more) % 10)
    wrong = number[:place] + digit + number[place + 1 :]
    with pytest.raises(ValidationError):
        clean_details({"id_number": wrong}, DAY)


def test_pseudonyms_have_no_sign_that_is_mixed_up_and_do_not_repeat():
    codes = {draw_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(CODE.fullmatch(code) for code in codes)
    assert not set("".join(code[1:] for code in codes)) & set("01ILO")
