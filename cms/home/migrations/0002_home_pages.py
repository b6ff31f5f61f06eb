"""Chinese at the root of the site, English beside it; Wagtail's welcome page goes."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import migrations

NAME = "阴山集"
HOMES = [("zh-hans", "首页", "home"), ("en", "Home", "home-en")]
ROOT = "0001"


def make_home_pages(apps, schema_editor):
    page_model = apps.get_model("wagtailcore.Page")
    page_model.objects.filter(depth=2, slug="home", path=ROOT + "0001").delete()
    content_type, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(
        app_label="home", model="homepage"
    )
    key = uuid.uuid4()
    pages = []
    for number, (language, title, slug) in enumerate(HOMES, start=1):
        locale, _ = apps.get_model("wagtailcore.Locale").objects.get_or_create(
            language_code=language
        )
        pages.append(
            apps.get_model("home.HomePage").objects.create(
                title=title,
                draft_title=title,
                slug=slug,
                path=f"{ROOT}{number:04d}",
                depth=2,
                url_path=f"/{slug}/",
                content_type=content_type,
                locale=locale,
                translation_key=key,
            )
        )
    page_model.objects.filter(path=ROOT).update(numchild=len(pages))
    apps.get_model("wagtailcore.Site").objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "site_name": NAME, "root_page_id": pages[0].pk},
    )


def restore_welcome_page(apps, schema_editor):
    """Pages below the two home pages go with them."""
    page_model = apps.get_model("wagtailcore.Page")
    page_model.objects.filter(depth__gte=2).delete()
    content_type = apps.get_model("contenttypes.ContentType").objects.get(
        app_label="wagtailcore", model="page"
    )
    welcome = page_model.objects.create(
        title="Welcome to your new Wagtail site!",
        draft_title="Welcome to your new Wagtail site!",
        slug="home",
        path=ROOT + "0001",
        depth=2,
        url_path="/home/",
        content_type=content_type,
        locale=apps.get_model("wagtailcore.Locale").objects.get(
            language_code=settings.LANGUAGE_CODE
        ),
    )
    page_model.objects.filter(path=ROOT).update(numchild=1)
    apps.get_model("wagtailcore.Site").objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page_id": welcome.pk},
    )


def name_site(apps, schema_editor):
    """Mails and the sitemap name the site by this row, else made as example.com."""
    site_model = apps.get_model("sites.Site")
    names = {"domain": urlsplit(settings.SITE_URL).netloc, "name": NAME}
    if not site_model.objects.filter(pk=settings.SITE_ID).update(**names):
        site_model.objects.create(**names)


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0001_pages"),
        ("wagtailcore", "0098_apitoken"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sites", "0002_alter_domain_unique"),
    ]

    operations = [
        migrations.RunPython(make_home_pages, restore_welcome_page),
        migrations.RunPython(name_site, migrations.RunPython.noop),
    ]
