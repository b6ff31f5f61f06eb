"""The account's address pages, in Chinese order, for their owner alone."""

import re

import pytest

from marketplace.accounts.models import User
from marketplace.address.models import UserAddress
from marketplace.address.refusals import MOST_KEPT
from marketplace.address.services import keep_address
from tests.marketplace.address.test_services import to
from tests.marketplace.buying import BEIJING, HAIDIAN, street_in

pytestmark = pytest.mark.django_db
LIST, ADD = "/en/account/addresses/", "/en/account/addresses/add/"


@pytest.fixture
def user():
    return User.objects.create_user("lilan@example.com")


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def theirs():
    other = User.objects.create_user("wang@example.com")
    return keep_address(user=other, destination=to("1号"))


def typed(**changes):
    return {
        "recipient": "李岚",
        "mobile": "138 0000 1234",
        "province": BEIJING,
        "district": HAIDIAN,
        "street": street_in().pk,
        "detail": "3号楼2单元",
    } | changes


def test_whoever_is_not_signed_in_signs_in_first(client):
    assert client.get(LIST).headers["Location"] == f"/en/account/login/?next={LIST}"


def test_the_account_leads_there(signed_in):
    assert f'href="{LIST}"' in signed_in.get("/en/account/").content.decode()


def test_an_address_is_added_and_stands_in_the_list(signed_in):
    page = signed_in.post(ADD, typed(), follow=True).content.decode()
    assert "The address is kept." in page
    assert "李岚" in page
    assert f"北京市海淀区{street_in().name}3号楼2单元" in page
    assert UserAddress.objects.get().mobile == "13800001234"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipient", ""),
        ("recipient", "长" * 5000),
        ("mobile", "1380000123"),
        ("mobile", "٣" * 11),
        ("province", "999999"),
        ("district", "150125"),
        ("street", ""),
        ("street", "110101001"),
        ("detail", "a\x00b"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_kept(signed_in, field, value):
    response = signed_in.post(ADD, typed(**{field: value}))
    page = response.content.decode()
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert field == "detail" or 'value="3号楼2单元"' in page
    assert not UserAddress.objects.exists()


def test_the_next_list_comes_in_place_and_nothing_is_lost_without_script(signed_in):
    data = typed(street="", mobile="") | {"next": "place"}
    page = signed_in.post(ADD, data).content.decode()
    assert "Wanshoulu" in page
    assert 'value="李岚"' in page
    assert "field--wrong" not in page
    part = signed_in.post(ADD, data, headers={"HX-Request": "true"}).content.decode()
    assert "Wanshoulu" in part
    assert "<html" not in part
    assert not UserAddress.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_pasted_address_is_proposed_and_not_kept(signed_in, headers):
    pasted = "收货人：张三 手机号：138-0000-1234 地址：北京市海淀区中关村街道科学院南路3号"
    data = {"next": "paste", "pasted": pasted, "province": BEIJING, "detail": ""}
    page = signed_in.post(ADD, data, headers=headers).content.decode()
    for value in ("张三", "13800001234", "科学院南路3号"):
        assert f'value="{value}"' in page
    for name in (BEIJING, HAIDIAN):
        assert re.search(rf'<option value="{name}" selected', page)
    assert re.search(r'<option value="110108\d{3}" selected', page)
    assert "nothing has been saved" in page
    assert pasted in page
    assert not UserAddress.objects.exists()


@pytest.mark.parametrize("pasted", ["", "你好", "x" * 9000, "\x00", "<script>"])
def test_where_nothing_can_be_read_what_was_typed_stays(signed_in, pasted):
    response = signed_in.post(ADD, typed(next="paste", pasted=pasted))
    page = response.content.decode()
    assert response.status_code == 200
    assert "could be read from this" in page
    assert 'value="李岚"' in page
    assert f'<option value="{HAIDIAN}" selected' in page


def test_an_address_is_changed(signed_in, user):
    address = keep_address(user=user, destination=to())
    page = signed_in.get(f"{LIST}{address.pk}/").content.decode()
    assert 'value="13800001234"' in page
    assert f'<option value="{street_in().pk}" selected' in page
    place = {"province": "130000", "city": "130100", "district": "130102", "street": ""}
    signed_in.post(f"{LIST}{address.pk}/", typed(**place))
    assert UserAddress.objects.get().summary == "河北省石家庄市长安区3号楼2单元"


def test_deleting_asks_first(signed_in, user):
    address = keep_address(user=user, destination=to())
    page = signed_in.get(f"{LIST}{address.pk}/delete/").content.decode()
    assert "Delete this address?" in page
    assert UserAddress.objects.exists()
    signed_in.post(f"{LIST}{address.pk}/delete/")
    assert not UserAddress.objects.exists()


def test_another_address_is_made_the_default(signed_in, user):
    keep_address(user=user, destination=to("1号"))
    second = keep_address(user=user, destination=to("2号"))
    assert signed_in.get(f"{LIST}{second.pk}/default/").status_code == 405
    signed_in.post(f"{LIST}{second.pk}/default/")
    assert UserAddress.objects.get(is_default_for_shipping=True) == second


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", ""), ("post", ""), ("get", "delete/"), ("post", "delete/"), ("post", "default/")],
)
def test_anothers_address_is_not_there(signed_in, theirs, method, path):
    ask = getattr(signed_in, method)
    assert ask(f"{LIST}{theirs.pk}/{path}", typed()).status_code == 404
    assert UserAddress.objects.get().line1 == "1号"
    assert "1号" not in signed_in.get(LIST).content.decode()


def test_one_too_many_is_refused_in_words(signed_in, user):
    for number in range(MOST_KEPT):
        keep_address(user=user, destination=to(f"{number}号"))
    assert f'href="{ADD}"' not in signed_in.get(LIST).content.decode()
    response = signed_in.post(ADD, typed())
    assert response.status_code == 422
    assert "You keep 20 addresses already." in response.content.decode()
    assert UserAddress.objects.count() == MOST_KEPT


def test_the_pages_need_our_token(signed_in):
    signed_in.handler.enforce_csrf_checks = True
    assert signed_in.post(ADD, typed()).status_code == 403
    assert not UserAddress.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_length(signed_in, user, count, django_assert_num_queries):
    for number in range(count):
        keep_address(user=user, destination=to(f"{number}号"))
    with django_assert_num_queries(3):
        page = signed_in.get(LIST).content.decode()
    assert page.count("kept__card") == count
