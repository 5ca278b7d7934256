"""The demo city's units and people: two lists, brought in the way an administrator would; and one who was away for half a year."""
from datetime import date
from pathlib import Path

from sqlalchemy import select

from groupware.directory.commands.imports import import_directory
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import ALWAYS
from groupware.directory.forms import PEOPLE, UNITS, ImportDraft, PlaceDraft
from groupware.directory.models import User
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM

FOLDER = Path(__file__).parent / "demo"
RETURNED, POST, AWAY, HOME = "003683", "主任", "0110", "0312"        # 企画課, and back to 戸籍係 in April


def plant() -> None:
    for what, day in ((UNITS, ALWAYS), (PEOPLE, clock.today())):
        path = FOLDER / f"{what}.csv"
        import_directory(SYSTEM, ImportDraft(what, path.name, path.read_bytes(), day))
    _transfer()


def _transfer() -> None:
    year = clock.fiscal_year(clock.today())
    user_id = db.session.scalar(select(User.id).where(User.staff_number == RETURNED))
    for unit_code, day in ((AWAY, date(year - 1, 10, 1)), (HOME, date(year, clock.FISCAL_YEAR_STARTS, 1))):
        assign_person(SYSTEM, user_id, PlaceDraft(unit_code, post=POST, starts_on=day))
