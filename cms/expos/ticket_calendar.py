"""A ticket's sessions for the calendar of a phone: iCalendar, RFC 5545."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from marketplace.fairs.models import Session, Ticket

LONGEST_LINE = 75  # octets


def write_calendar(
    ticket: Ticket, sessions: Iterable[Session], *, link: str, now: datetime
) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Yinshan Market//Fairs//ZH"]
    for session in sessions:
        lines += event_lines(ticket, session, link=link, now=now)
    lines.append("END:VCALENDAR")
    return b"".join(b"\r\n ".join(folded(line)) + b"\r\n" for line in lines)


def event_lines(ticket: Ticket, session: Session, *, link: str, now: datetime) -> list[str]:
    fair = ticket.fair
    place = "，".join(filter(None, (fair.venue_text, session.place_text, fair.address_text)))
    return [
        "BEGIN:VEVENT",
        f"UID:ticket-{ticket.pk}-{session.pk}@{link.split('/')[2]}",
        f"DTSTAMP:{stamp(now)}",
        f"DTSTART:{stamp(session.begins_at)}",
        f"DTEND:{stamp(session.ends_at)}",
        f"SUMMARY:{escaped(f'{fair.name_text} · {session.title_text}')}",
        f"LOCATION:{escaped(place)}",
        f"DESCRIPTION:{escaped(ticket.number)}\\n{link}",
        f"URL:{link}",
        "END:VEVENT",
    ]


def stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split("\n")).replace("\r", "")


def folded(line: str) -> Iterator[bytes]:
    """No piece longer than a line may be, and no sign cut in two."""
    piece = b""
    for sign in line:
        octets = sign.encode()
        if len(piece) + len(octets) > LONGEST_LINE - 1:
            yield piece
            piece = b""
        piece += octets
    yield piece
