"""The demo city's units and people, made by the commands from two lists."""
import csv
from collections.abc import Iterator
from pathlib import Path

from groupware.directory.commands.people import assign, create_person, grant_role
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PersonDraft, PlaceDraft, UnitDraft
from groupware.kernel.actor import SYSTEM

FOLDER = Path(__file__).parent / "demo"


def plant() -> None:
    for row in _rows("units.csv"):
        create_unit(SYSTEM, UnitDraft.parse(row))
    for row in _rows("people.csv"):
        _settle(row)


def _settle(row: dict[str, str]) -> None:
    user_id = create_person(SYSTEM, PersonDraft.parse(row))
    assign(SYSTEM, user_id, PlaceDraft.parse(row))
    for code, nature, post in (place.split(":") for place in filter(None, row["also"].split(";"))):
        assign(SYSTEM, user_id, PlaceDraft.parse({"unit_code": code, "nature": nature, "post": post, "starts_on": row["starts_on"]}))
    for role in filter(None, row["roles"].split(";")):
        grant_role(SYSTEM, user_id, role)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
