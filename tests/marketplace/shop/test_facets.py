import re

import pytest

pytestmark = pytest.mark.django_db


def facets_of(response) -> dict[str, dict[str, object]]:
    return {
        facet.key: {option.value: option for option in facet.options}
        for facet in response.context["facets"]
    }


def counts_of(response, group: str) -> dict[str, int]:
    return {value: option.count for value, option in facets_of(response)[group].items()}


def names_on(response) -> set[str]:
    return {product.title for product in response.context["page"]}


STARTS = [
    "",
    "?storage=frozen",
    "?price=10-30",
    "?county=150125&price=0-10",
    "?certificate=organic_certificate",
    "?certificate=organic_certificate&certificate=green_food_certificate&county=150125",
    "?stock=1",
    "?stock=1&specialty=mutton&specialty=oat",
    "?cooperative=beipo&storage=ambient&sort=price_desc",
]


@pytest.mark.parametrize("start", STARTS)
def test_every_count_is_what_the_click_keeps(client, goods, start):
    before = client.get(f"/shop/{start}")
    for group, options in facets_of(before).items():
        chosen = [option for option in options.values() if option.selected]
        for option in options.values():
            if option.selected:
                continue
            after = client.get(option.url)
            kept = facets_of(after)[group][option.value]
            assert kept.selected
            assert kept.count == option.count, (group, option.value)
            if not chosen:
                assert after.context["total"] == option.count, (group, option.value)
                assert len(names_on(after)) == option.count


def test_a_chosen_value_links_to_the_page_without_it(client, goods):
    response = client.get("/shop/?storage=frozen&price=30-&price=0-10&sort=newest&page=1")
    chosen = facets_of(response)["price"]["30-"]
    assert chosen.selected
    assert chosen.url == "/shop/?price=0-10&storage=frozen&sort=newest"
    without = client.get(chosen.url)
    assert not without.context["total"]


def test_values_of_one_group_add_up_and_groups_narrow(client, goods):
    response = client.get("/shop/?price=0-10&price=30-&storage=ambient")
    assert names_on(response) == {
        goods[k].title for k in ("cheap", "ten", "over_thirty", "sold_out")
    }


def test_price_bands_hold_their_upper_bound(client, goods):
    assert counts_of(client.get("/shop/"), "price") == {"0-10": 3, "10-30": 3, "30-": 3}
    assert names_on(client.get("/shop/?price=10-30")) == {
        goods[k].title for k in ("over_ten", "thirty", "millet")
    }


def test_only_certificates_that_are_valid_today_count(client, goods):
    counts = counts_of(client.get("/shop/"), "certificate")
    assert counts == {"organic_certificate": 2, "green_food_certificate": 2}


def test_a_good_with_two_certificates_is_found_once(client, goods):
    response = client.get(
        "/shop/?certificate=organic_certificate&certificate=green_food_certificate"
    )
    assert response.context["total"] == 3
    assert names_on(response) == {goods[k].title for k in ("cheap", "ten", "lamb_sold_out")}


def test_in_stock_hides_what_is_sold_out(client, goods):
    assert counts_of(client.get("/shop/"), "stock") == {"1": 7}
    shown = names_on(client.get("/shop/?stock=1"))
    assert not shown & {goods["sold_out"].title, goods["lamb_sold_out"].title}


def test_a_choice_that_finds_nothing_says_so_and_keeps_the_filters(client, goods):
    response = client.get("/shop/?specialty=neighbours&storage=frozen")
    assert response.status_code == 200
    assert response.context["total"] == 0
    assert [f["url"] for f in response.context["active_filters"]] == [
        "/shop/?storage=frozen",
        "/shop/?specialty=neighbours",
    ]
    assert response.context["reset_url"] == "/shop/"


def test_a_group_without_a_choice_is_not_shown(client, goods):
    groups = set(facets_of(client.get("/shop/?specialty=neighbours")))
    assert "specialty" in groups
    assert "stock" not in groups


def test_counts_are_written_on_the_page(client, goods):
    html = client.get("/shop/?storage=frozen").content.decode()
    group = re.search(r'id="facet-storage-1".*?facet__count">(\d+)<', html, re.S)
    assert group.group(1) == "7"
