"""A sitting as calendars read it (RFC 5545): nothing in it but when, where and its name."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from meetings.models.sittings import CANCELLED, Sitting

WIDEST = 73     # octets of a line, without those of its fold


@dataclass(frozen=True, slots=True)
class Entry:
    uid: str
    name: str
    begins: datetime
    ends: datetime
    place: str
    url: str
    stamp: datetime
    version: int
    cancelled: bool = False

    @classmethod
    def of(cls, sitting: Sitting, name: str, minutes: int) -> Self:
        """``minutes``: how long its agenda takes."""
        return cls(f"meetings-{sitting.id}@tsunagaru", name, sitting.starts_at, sitting.starts_at + timedelta(minutes=minutes), sitting.place,
                   sitting.url, sitting.created_at, sitting.version, sitting.state == CANCELLED)


def calendar(*entries: Entry) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tsunagaru//meetings//JA", *(line for entry in entries for line in _event(entry)),
             "END:VCALENDAR"]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(entry: Entry) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{entry.uid}", f"SEQUENCE:{entry.version}", f"DTSTAMP:{_utc(entry.stamp)}", f"DTSTART:{_utc(entry.begins)}",
            f"DTEND:{_utc(entry.ends)}", f"SUMMARY:{_escaped(entry.name)}", f"LOCATION:{_escaped(entry.place)}",
            *([f"URL:{entry.url}"] if entry.url else []), f"STATUS:{'CANCELLED' if entry.cancelled else 'CONFIRMED'}", "END:VEVENT"]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """By octets, never within a character."""
    part, space = "", ""
    for letter in line:
        if len((part + letter).encode()) > WIDEST:
            yield space + part
            part, space = "", " "
        part += letter
    yield space + part
