import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from marketplace.shipping.destination import region_code_of, remember_region


def visit(cookie: str):
    request = RequestFactory().get("/")
    request.COOKIES["region"] = cookie
    return request


@pytest.mark.parametrize("code", ["110108", "110108012"])
def test_the_district_that_was_chosen_is_known_by_its_cookie(code):
    assert region_code_of(visit(code)) == code


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "1101",
        "11010801",
        "1101080121",
        "１１０１０８",
        "11010a",
        "110108\n",
        "\x00",
        "' OR 1=1",
    ],
)
def test_what_is_no_code_counts_as_the_default_district(garbage):
    assert region_code_of(visit(garbage)) == "110101"


def test_the_choice_is_kept_for_a_year_out_of_reach_of_scripts(settings):
    settings.SESSION_COOKIE_SECURE = True
    response = HttpResponse()
    remember_region(response, "110119")
    cookie = response.cookies["region"]
    assert (cookie.value, cookie["max-age"]) == ("110119", 31536000)
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
