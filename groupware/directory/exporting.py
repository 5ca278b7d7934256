"""The lists of units and people as files: what is taken out and brought in again changes nothing."""
from dataclasses import dataclass

from groupware.directory.comparing.known import known_people
from groupware.directory.comparing.units import written
from groupware.directory.forms import UNITS
from groupware.directory.forms.imports import WHAT
from groupware.directory.models import DEPARTED, STATES
from groupware.directory.permissions import Directory
from groupware.directory.queries.units import all_units, versions_on
from groupware.directory.tables.writing import ENCODINGS, UTF8, lost, write
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize

CHARSETS = {UTF8: "utf-8", "cp932": "windows-31j"}
SHOWN = 5


@dataclass(frozen=True, slots=True)
class List:
    file_name: str
    charset: str
    body: bytes


def export(actor: Actor, what: str, encoding: str) -> List:
    """As of today. Raises Invalid where the encoding lacks a character: rather nothing than a name with a hole in it."""
    authorize(actor, Directory.KEEP)
    if what not in WHAT or encoding not in ENCODINGS:
        raise Invalid("書き出す一覧と文字の種類を選んでください。")
    rows = _units() if what == UNITS else _people()
    holes = lost(what, rows, encoding)
    if holes:
        named = "、".join(f"{hole.line}行目「{hole.text}」" for hole in holes[:SHOWN])
        raise Invalid(f"Shift_JIS にない文字が {len(holes)}か所あります（{named}）。UTF-8 で書き出してください。")
    return List(f"{WHAT[what]}一覧_{clock.today():%Y%m%d}.csv", CHARSETS[encoding], write(what, rows, encoding))


def _units() -> list[dict[str, str]]:
    day = clock.today()
    nodes, versions = all_units(day), versions_on(day)
    by_id = {node.id: node for node in nodes}
    return [written(node, by_id, versions[node.id]) for node in nodes]


def _people() -> list[dict[str, str]]:
    """Without those who have left: their numbers stay theirs, their lines would only be in the way."""
    people = known_people(clock.today()).people.values()
    return [person.cells for person in people if person.cells["state"] != STATES[DEPARTED]]


