"""The demo city's units and people: two lists, brought in the way an administrator would."""
from pathlib import Path

from groupware.directory.commands.imports import import_directory
from groupware.directory.commands.units import ALWAYS
from groupware.directory.forms import PEOPLE, UNITS, ImportDraft
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM

FOLDER = Path(__file__).parent / "demo"


def plant() -> None:
    for what, day in ((UNITS, ALWAYS), (PEOPLE, clock.today())):
        path = FOLDER / f"{what}.csv"
        import_directory(SYSTEM, ImportDraft(what, path.name, path.read_bytes(), day))
