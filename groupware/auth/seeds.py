"""The demo city's door: whom one can sign in as. They have no passwords; there is nothing to guess."""
import csv
from pathlib import Path

from groupware import directory
from groupware.auth.commands.demo import list_demo_person
from groupware.kernel.actor import SYSTEM

LIST = Path(directory.__file__).parent / "demo" / "sign_in.csv"


def plant() -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file)):
            list_demo_person(SYSTEM, row["staff_number"], position, row["reason"])
