"""English that somebody would read on a screen of the admin."""

import json
import re
from html.parser import HTMLParser

UNREAD_TAGS = {"script", "style", "svg", "code", "option-url"}
READ_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "aria-description")
SPOKEN_KEYS = {"label", "helpText", "help_text", "description", "name_label", "menu_label"}
# Addresses, names of files, e-mail addresses: whatever has such a sign within it.
TECHNICAL = re.compile(r"\S*[\w)][/@_.:#-]+\w\S*|/\S+|\{\S+\}|#\S+|&\w+;")
WORD = re.compile(r"[A-Za-z]{2,}")
# "None" stands for an empty value where two versions are compared.
ALLOWED = set(
    """
    SC URL HTML PDF JPEG JPG PNG WebP GIF AVIF MB KB ID API ICP JavaScript CSV XLSX TSV JSON UTC GMT
    English Wagtail Ctrl Shift Alt Esc Enter Tab Mod Cmd Option None
    """.split()  # noqa: SIM905
)


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.texts, self.links, self.embedded = [], [], []
        self.unread = []
        self.is_data = self.is_counter = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.texts += [attrs[name] for name in READ_ATTRIBUTES if attrs.get(name)]
        if tag == "input" and attrs.get("type") in ("submit", "button", "reset"):
            self.texts.append(attrs.get("value") or "")
        for name in ("href", "data-url", "data-chooser-url", "data-w-sync-url"):
            if attrs.get(name):
                self.links.append(attrs[name])
        for name in ("data-w-block-data", "data-block"):
            if attrs.get(name):
                self.embedded.append(attrs[name])
        # A counter that a script fills before it shows it.
        self.is_counter = "data-side-panel-toggle-counter" in attrs
        self.is_data = tag == "script" and attrs.get("type") == "application/json"
        if tag in UNREAD_TAGS:
            self.unread.append(tag)

    def handle_endtag(self, tag):
        if self.unread and self.unread[-1] == tag:
            self.unread.pop()
        self.is_data = self.is_counter = False

    def handle_data(self, data):
        if self.is_data:
            self.embedded.append(data)
        elif not self.unread and not self.is_counter:
            self.texts.append(data)


def read(html):
    """(texts that are read, addresses that lead on)."""
    reader = Reader()
    reader.feed(html)
    for source in reader.embedded:
        data = json.loads(source)
        reader.texts += said_under(data, SPOKEN_KEYS)
        reader.links += said_under(data, {"url", "href"})
    return reader.texts, reader.links


def said_under(data, keys, key=""):
    """Strings under these keys within data that a script turns into a screen.

    Wagtail gives its blocks their phrases under `strings`, by names of their own.
    """
    if isinstance(data, dict):
        for name, value in data.items():
            yield from said_under(value, keys, "label" if key == "strings" else name)
    elif isinstance(data, list):
        for value in data:
            yield from said_under(value, keys, key)
    elif isinstance(data, str) and key in keys:
        yield data


def english(texts):
    """The texts with words of Latin letters that are no name and no address."""
    found = set()
    for text in texts:
        plain = TECHNICAL.sub(" ", re.sub(r"<[^>]*>", " ", text))
        if any(word not in ALLOWED for word in WORD.findall(plain)):
            found.add(" ".join(text.split()))
    return found
