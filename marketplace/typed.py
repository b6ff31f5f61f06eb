"""What people, and whoever writes addresses by hand, typed."""

LONGEST_NUMBER = 9


def read_number(text: str) -> int:
    """The number typed; 0, which nothing has and no basket takes, for anything else."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else 0
