import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "yanmai-xiangle-2026"


@pytest.fixture
def user():
    return User.objects.create_user("wang@example.com", PASSWORD, phone="13800000000")


def sign_in(client, login, password=PASSWORD, path="/account/login/"):
    return client.post(path, {"login": login, "password": password})


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "login",
    [
        "wang@example.com",
        "Wang@Example.com",
        " wang@example.com ",
        "13800000000",
        "+86 138 0000 0000",
    ],
)
def test_either_contact_signs_in(client, user, login):
    response = sign_in(client, login)
    assert response.headers["Location"] == "/account/"
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["wang@example.com", "13800000000", "13900000000", "nobody", ""])
def test_a_wrong_pair_is_refused_with_one_and_the_same_answer(client, user, login):
    response = sign_in(client, login, "wrong")
    assert response.status_code == 200
    assert not is_signed_in(client)
    if login:
        errors = response.context["form"].non_field_errors()
        assert errors == ["登录名或密码不对。"]


def test_failed_attempts_are_counted_for_each_phone_number(client, user):
    User.objects.create_user(None, PASSWORD, phone="13900000000")
    for _ in range(6):
        sign_in(client, "13900000000", "wrong")
    sign_in(client, "13900000000")
    assert not is_signed_in(client)
    sign_in(client, "13800000000")
    assert is_signed_in(client)


def test_too_many_attempts_from_one_place_are_told_to_wait(client, user):
    statuses = {sign_in(client, f"a{n}@example.com", "wrong").status_code for n in range(31)}
    assert statuses == {200, 429}
    response = sign_in(client, "wang@example.com")
    assert response.status_code == 429
    assert '<html lang="zh-Hans"' in response.content.decode()


def test_behind_a_proxy_a_place_is_what_the_proxy_saw(client, user, settings):
    """Not what the visitor wrote himself, which stands further left."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(31):
        client.post(
            "/account/login/",
            {"login": f"a{n}@example.com", "password": "wrong"},
            headers={"X-Forwarded-For": f"198.51.100.{n}, 203.0.113.7"},
        )
    here, elsewhere = (
        client.post("/account/login/", {}, headers={"X-Forwarded-For": f"198.51.100.99, {place}"})
        for place in ("203.0.113.7", "203.0.113.8")
    )
    assert (here.status_code, elsewhere.status_code) == (429, 200)


def test_signing_in_leads_back_to_where_one_came_from(client, user):
    response = sign_in(client, "wang@example.com", path="/account/login/?next=/shop/")
    assert response.headers["Location"] == "/shop/"


def test_signing_in_never_leads_to_another_site(client, user):
    response = sign_in(
        client, "wang@example.com", path="/account/login/?next=https://evil.example/"
    )
    assert response.headers["Location"] == "/account/"


def test_signing_out_asks_first(client, user):
    client.force_login(user)
    assert client.get("/account/logout/").status_code == 200
    assert is_signed_in(client)
    response = client.post("/account/logout/")
    assert response.headers["Location"] == "/"
    assert not is_signed_in(client)


def test_a_second_step_is_asked_for_once_it_is_set_up(client, user):
    totp.TOTP.activate(user, totp.generate_totp_secret())
    response = sign_in(client, "wang@example.com")
    assert response.headers["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(client)
    assert client.get("/account/2fa/authenticate/").status_code == 200
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_signed_in(client)


def test_a_second_step_can_be_set_up(client, user):
    sign_in(client, "wang@example.com")
    asked = client.get("/account/2fa/totp/activate/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    response = client.post(asked.headers["Location"], {"password": PASSWORD}, follow=True)
    assert response.request["PATH_INFO"] == "/account/2fa/totp/activate/"
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(response.context["form"].secret, counter))
    client.post("/account/2fa/totp/activate/", {"code": code})
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
    assert client.get("/account/2fa/").status_code == 200


def test_a_forgotten_password_is_set_anew_by_mail(
    client, user, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/account/password/reset/", {"email": "wang@example.com"})
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    form = client.get(link.removeprefix("http://testserver"), follow=True)
    new = "laojia-youmian-2026"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    sign_in(client, "wang@example.com", new)
    assert is_signed_in(client)


def test_an_unknown_address_gets_a_mail_and_the_same_page(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/account/password/reset/", {"email": "nobody@example.com"})
    assert response.headers["Location"] == "/account/password/reset/done/"
    assert mailoutbox[0].subject == "这个邮箱还没有账号"


def test_the_last_contact_cannot_be_taken_away(client):
    user = User.objects.create_user("wang@example.com", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client.force_login(user)
    client.post("/account/email/", {"email": user.email, "action_remove": ""})
    user.refresh_from_db()
    assert user.email == "wang@example.com"
    assert EmailAddress.objects.filter(user=user).exists()


def test_an_address_can_go_while_a_mobile_number_stays(client, user):
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client.force_login(user)
    client.post("/account/email/", {"email": user.email, "action_remove": ""})
    user.refresh_from_db()
    assert (user.email, user.phone) == (None, "13800000000")
