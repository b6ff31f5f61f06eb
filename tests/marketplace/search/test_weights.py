import pytest

from marketplace.search.weights import in_grams


@pytest.mark.parametrize(
    ("written", "token"),
    [
        ("5斤", "2500g"),
        ("2.5kg", "2500g"),
        ("2.5 kg", "2500g"),
        ("5公斤", "5000g"),
        ("3千克", "3000g"),
        ("1市斤", "500g"),
        ("500克", "500g"),
        ("500g", "500g"),
        ("3两", "150g"),
        ("1l", "1000ml"),
        ("500毫升", "500ml"),
        ("2升", "2000ml"),
        ("五斤", "2500g"),
        ("半斤", "250g"),
        ("两公斤", "2000g"),
        ("十斤", "5000g"),
        ("0.25kg", "250g"),
        ("5斤装", "2500g"),
    ],
)
def test_a_weight_is_one_token_in_grams_or_millilitres(written, token):
    assert in_grams(written).strip() == token


def test_each_weight_of_a_pack_name_counts():
    assert in_grams("莜面500g×2+臊子300g").split() == ["莜面", "500g", "×2+臊子", "300g"]


@pytest.mark.parametrize(
    "text", ["5gx", "二十斤", "百斤", "1234567斤", "公斤", "kg", "版本1.2.3", "5 group"]
)
def test_what_is_no_plain_weight_stays_as_it_is(text):
    assert in_grams(text) == text
