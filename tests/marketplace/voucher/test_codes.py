"""Voucher codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.voucher.codes import is_code, normalise_code


@pytest.mark.parametrize(
    "typed",
    ["YSJ20", "ysj20", " ysj 20 ", "ＹＳＪ２０", "ysj\u300020", "y\u200bsj20\n", "YSJ20\x00"],
)
def test_case_width_spaces_and_invisible_characters_do_not_matter(typed):
    assert normalise_code(typed) == "YSJ20"


@given(st.text(max_size=60))
def test_a_code_that_may_be_given_stays_as_it_is(typed):
    code = normalise_code(typed)
    if is_code(code):
        assert normalise_code(code) == code


@pytest.mark.parametrize("code", ["", "AB", "A B C", "ysj20", "满", "YSJ_20", "A" * 41, "满199'"])
def test_what_is_too_short_too_long_or_of_other_signs_is_no_code(code):
    assert not is_code(code)


@pytest.mark.parametrize("code", ["YSJ20", "2026-11", "云麦垛", "A" * 40])
def test_letters_digits_han_and_hyphens_are_a_code(code):
    assert is_code(code)
