import pytest

from marketplace.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "yanmai-xiangle-2026"


def sign_up(client, contact, path="/account/signup/", **changes):
    data = {"contact": contact, "password1": PASSWORD, "privacy": "on", **changes}
    return client.post(path, data)


def test_an_e_mail_address_opens_an_account(client):
    response = sign_up(client, "Wang@Example.com")
    assert response.status_code == 302
    assert response.headers["Location"] == "/account/"
    user = User.objects.get()
    assert (user.email, user.phone) == ("wang@example.com", None)
    assert client.get("/account/").status_code == 200


def test_a_new_address_gets_a_link_to_confirm_it(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sign_up(client, "wang@example.com")
    assert mailoutbox[0].to == ["wang@example.com"]
    link = next(line for line in mailoutbox[0].body.splitlines() if line.startswith("http"))
    client.post(link.removeprefix("http://testserver"))
    assert User.objects.get().emailaddress_set.get().verified


@pytest.mark.parametrize("typed", ["13800000000", "+86 138-0000-0000", "１３８００００００００"])
def test_a_mobile_number_opens_an_account_however_it_is_typed(client, mailoutbox, typed):
    response = sign_up(client, typed)
    assert response.headers["Location"] == "/account/"
    user = User.objects.get()
    assert (user.email, user.phone, user.phone_verified) == (None, "13800000000", False)
    assert not mailoutbox


@pytest.mark.parametrize(
    "contact", ["", "wang", "wang@", "12345678901", "1380000000", "@", "1" * 300]
)
def test_other_contacts_are_refused(client, contact):
    response = sign_up(client, contact)
    assert response.status_code == 200
    assert response.context["form"].errors["contact"]
    assert not User.objects.exists()


def test_nobody_signs_up_without_agreeing_to_the_privacy_notice(client):
    response = sign_up(client, "wang@example.com", privacy="")
    assert response.context["form"].errors["privacy"]
    assert 'href="/privacy/"' in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("contact", ["wang@example.com", "WANG@example.com", "13800000000"])
def test_a_contact_opens_one_account_only(client, contact):
    User.objects.create_user("wang@example.com", PASSWORD, phone="13800000000")
    response = sign_up(client, contact)
    assert response.context["form"].errors["contact"]
    assert User.objects.count() == 1


@pytest.mark.parametrize("password", ["short", "12345678901", "password"])
def test_weak_passwords_are_refused(client, password):
    response = sign_up(client, "wang@example.com", password1=password)
    assert response.context["form"].errors["password1"]
    assert not User.objects.exists()


def test_what_was_typed_stays_after_a_refusal(client):
    response = sign_up(client, "wang@", password1=PASSWORD)
    assert 'value="wang@"' in response.content.decode()


def test_english_sign_up_stays_in_english(client):
    response = sign_up(client, "wang@example.com", path="/en/account/signup/")
    assert response.headers["Location"] == "/en/account/"
