import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.test import Client
from django.urls import path

from marketplace import urls as project
from marketplace.urls import handler400, handler403, handler404, handler429, handler500

pytestmark = pytest.mark.django_db

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


def fail(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("test/400", fail(SuspiciousOperation("broken"))),
    path("test/403", fail(PermissionDenied())),
    path("test/500", fail(RuntimeError("broken"))),
    *project.urlpatterns,
]


@pytest.fixture
def failing(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("status", [400, 403, 500])
def test_faults_answer_in_our_look_with_their_status(failing, status):
    response = failing.get(f"/test/{status}")
    html = response.content.decode()
    assert response.status_code == status
    assert '<html lang="zh-Hans"' in html
    assert "css/tokens.css" in html
    assert "Traceback" not in html


@pytest.mark.parametrize(("is_signed_in", "way"), [(False, "/account/login/"), (True, "/account/")])
def test_who_may_not_see_a_page_is_shown_a_way_that_helps(
    failing, django_user_model, is_signed_in, way
):
    if is_signed_in:
        failing.force_login(django_user_model.objects.create_user("buyer@example.com"))
    html = failing.get("/test/403").content.decode()
    assert f'<a class="button" href="{way}">' in html


@pytest.mark.parametrize("status", [400, 500])
def test_the_last_pages_ask_the_database_nothing(failing, status, django_assert_num_queries):
    with django_assert_num_queries(0):
        failing.get(f"/test/{status}")


@pytest.mark.parametrize(
    ("address", "language"), [("/nirgends/", "zh-Hans"), ("/en/nowhere/", "en")]
)
def test_unknown_pages_are_404_in_the_language_of_the_address(client, address, language):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}"' in html
    assert "hreflang" not in html
    assert not response.cookies


@pytest.mark.parametrize(
    "address", ["/%ff/", "/en/%e4%b8/", "/%00/", "/shop/%ff", "/" + "a/" * 400]
)
def test_broken_addresses_are_404(client, address):
    assert client.get(address).status_code == 404


def test_a_form_without_its_token_is_told_how_to_go_on():
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/account/login/", {"login": "a@example.com", "password": "x"})
    assert response.status_code == 403
    assert "表单" in response.content.decode()
