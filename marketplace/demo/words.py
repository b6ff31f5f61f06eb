"""What the demonstration says in the terminal: Chinese and English side by side."""

from collections.abc import Iterable
from unicodedata import east_asian_width

from marketplace.demo.reading import read


def words(key: str, **values: object) -> str:
    """One line of data/words.toml with its values filled in."""
    entry = read("words")[key]
    return f"{entry['zh']} · {entry['en']}".format(**values)


def width(text: str) -> int:
    """Columns in a terminal, where a Chinese character takes two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def table(rows: Iterable[tuple[str, str]]) -> str:
    """Two columns, indented, the second aligned."""
    rows = list(rows)
    widest = max(width(left) for left, _right in rows)
    return "\n".join(f"  {left}{' ' * (widest - width(left))}   {right}" for left, right in rows)
