import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "yanmai-xiangle-2026"
OPEN = ["login/", "signup/", "inactive/", "confirm-email/", "confirm-email/abc/"]
RESET = ["password/reset/", "password/reset/done/", "password/reset/key/done/"]
OWN = ["", "email/", "logout/", "password/change/", "reauthenticate/", "2fa/"]
SECOND_STEP = ["2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/"]


@pytest.fixture
def user():
    return User.objects.create_user("wang@example.com", PASSWORD)


def is_ours(response, language):
    html = response.content.decode()
    return (
        response.status_code == 200
        and f'<html lang="{language}"' in html
        and "css/account.css" in html
        and "style=" not in html
    )


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hans"), ("/en", "en")])
@pytest.mark.parametrize("path", [*OPEN, *RESET, "password/reset/key/1-abc/"])
def test_pages_for_everybody_open_in_our_look(client, prefix, language, path):
    assert is_ours(client.get(f"{prefix}/account/{path}"), language)


@pytest.mark.parametrize(("prefix", "language"), [("", "zh-Hans"), ("/en", "en")])
@pytest.mark.parametrize("path", [*OWN, "2fa/totp/activate/"])
def test_pages_of_ones_own_open_in_our_look(client, user, prefix, language, path):
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert is_ours(client.get(f"{prefix}/account/{path}"), language)


@pytest.mark.parametrize("path", SECOND_STEP)
def test_pages_of_the_second_step_open_in_our_look(client, user, path):
    TOTP.activate(user, generate_totp_secret())
    if not path.endswith("generate/"):
        RecoveryCodes.activate(user)
    client.force_login(user)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert is_ours(client.get(f"/account/{path}"), "zh-Hans")


@pytest.mark.parametrize("path", [path for path in [*OWN, *SECOND_STEP] if path != "logout/"])
def test_pages_of_ones_own_ask_strangers_to_sign_in(client, path):
    response = client.get(f"/account/{path}")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")


def test_addresses_of_allauth_that_we_do_not_offer_are_not_there(client):
    for path in ("phone/change/", "login/code/", "signup/passkey/", "3rdparty/"):
        assert client.get(f"/account/{path}").status_code == 404
