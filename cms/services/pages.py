"""Writing the first pages of the site: home, plain pages and stories, Chinese and English."""

from collections.abc import Mapping
from pathlib import Path

from django.core.files.images import ImageFile
from django.db import transaction

from cms.home.chrome import forget_chrome
from cms.home.models import HomePage, StandardPage
from cms.images.models import PageImage
from cms.images.services import make_page_renditions
from cms.services.chrome import write_chrome
from cms.services.words import Words, home_sections, page_sections

LEAD_IMAGES = ("home.webp", "home-m.webp")


@transaction.atomic
def write_pages(
    *,
    texts: Mapping,
    images: Path,
    goods: Mapping[int, int],
    cooperatives: Mapping[str, int],
) -> None:
    """Write what is missing of the pages that `texts` describes; what exists is an editor's
    and is left alone, so a second call changes nothing.

    texts: the tables `home`, `page` (a list) and `chrome` of the demonstration's pages.toml.
    images: the folder of the named pictures, with home.webp and home-m.webp.
    goods: key of the Product (parent) by catalogue number.
    cooperatives: key of the Cooperative by the name that the texts give it, as "P4".

    Categories must be there. Raises KeyError for a good, cooperative or page that the texts
    name and nobody has.
    """
    pages = texts["page"]
    alts = {page["image"]: page for page in pages if "image" in page}
    pictures = {
        name: write_image(path=images / name, alts=alts.get(name, {}))
        for name in (*LEAD_IMAGES, *alts)
    }
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    written: dict[str, dict[str, StandardPage]] = {"zh-hans": {}, "en": {}}
    for language, home in homes.items():
        words = Words(language=language, pictures=pictures, goods=goods, cooperatives=cooperatives)
        for row in pages:
            written[language][row["slug"]] = write_page(row=row, words=words, home=home)
        write_home(home=home, texts=texts["home"], words=words, pages=written[language])
    write_chrome(texts=texts["chrome"], pages=written["zh-hans"])
    forget_chrome()


def write_image(*, path: Path, alts: Mapping[str, str]) -> int:
    """Known by its title, the file's name; all its sizes are made at once."""
    image = PageImage.objects.filter(title=path.name).first()
    if image is None:
        with path.open("rb") as file:
            image = PageImage.objects.create(
                title=path.name,
                file=ImageFile(file, name=path.name),
                alt_text=alts.get("image_alt", ""),
                alt_text_en=alts.get("image_alt_en", ""),
                is_decorative=not alts,
            )
    make_page_renditions(image=image)
    return image.pk


def write_page(*, row: Mapping, words: Words, home: HomePage) -> StandardPage:
    """A page below the home page of its language; its slug may name a parent, as stories/x."""
    above, _, slug = row["slug"].rpartition("/")
    parent = StandardPage.objects.child_of(home).get(slug=above) if above else home
    page = StandardPage.objects.child_of(parent).filter(slug=slug).first()
    if page:
        return page
    page = StandardPage(
        title=words.of(row, "title"),
        slug=slug,
        kicker=words.of(row, "kicker"),
        introduction=words.of(row, "summary"),
        search_description=words.of(row, "summary"),
        image_id=words.pictures.get(row.get("image")),
        body=page_sections(row, words),
        locale=home.locale,
    )
    original = StandardPage.objects.filter(url_path__endswith=f"/home/{row['slug']}/").first()
    if original:
        page.translation_key = original.translation_key
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def write_home(
    *, home: HomePage, texts: Mapping, words: Words, pages: Mapping[str, StandardPage]
) -> None:
    if home.body:
        return
    home.title = home.draft_title = words.of(texts, "title")
    home.search_description = words.of(texts, "description")
    home.body = home_sections(texts, words, pages)
    home.save_revision().publish()
