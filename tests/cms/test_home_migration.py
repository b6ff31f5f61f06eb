from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sites.models import Site as NamedSite
from wagtail.models import Page, Site

from cms.home.models import HomePage

pytestmark = pytest.mark.django_db

migration = import_module("cms.home.migrations.0002_home_pages")


def test_the_site_opens_in_chinese_with_english_beside_it(client):
    site = Site.objects.get()
    assert site.is_default_site
    assert site.root_page.locale.language_code == "zh-hans"
    assert {home.get_url() for home in HomePage.objects.all()} == {"/", "/en/"}
    assert len({home.translation_key for home in HomePage.objects.all()}) == 1
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert NamedSite.objects.get().name == "阴山集"


def test_going_back_and_forth_leaves_the_same_site(client):
    migration.restore_welcome_page(apps, None)
    assert not HomePage.objects.exists()
    assert Site.objects.get().root_page.title.startswith("Welcome")
    assert Page.find_problems() == ([], [], [], [], [])
    migration.make_home_pages(apps, None)
    assert {home.get_url() for home in HomePage.objects.all()} == {"/", "/en/"}
    assert Page.find_problems() == ([], [], [], [], [])
