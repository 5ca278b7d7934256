"""A town with skills in force: what its people hold, step by step as they would do it."""
from collections.abc import Iterator
from datetime import UTC, datetime

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from tests.conftest import InProcess
from tests.training.hall import town
from training.commands.skills import bring_items, draft_framework, enforce_framework, move_claim, write_claim
from training.forms.skills import ClaimDraft, FrameworkDraft, Item
from training.queries.skills import certifications_of, skills_in_force

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


def skilled_town(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        found = town()
        framework(found["steering"], "令和8年度", ("A", "B", "C"))
        yield found


def framework(keeper: Actor, edition: str, codes: tuple[str, ...]) -> None:
    number = draft_framework(keeper, FrameworkDraft("庁内", edition, "出典", ()))
    bring_items(keeper, number, [Item(code, "", f"スキル{code}", "") for code in codes])
    enforce_framework(keeper, number)
    db.end_reading()


def claim(actor: Actor, place: int, level: int = 3) -> int:
    number: int = write_claim(actor, ClaimDraft(skills_in_force()[place].id, level, "work", "集計を改めた"))
    move_claim(actor, number, "submit")
    db.end_reading()
    return number


def certified(people: dict[str, Actor], who: str, place: int, level: int, months: int | None = None) -> int:
    number = claim(people[who], place, level)
    move_claim(people["steering"], number, "take")
    move_claim(people["steering"], number, "certify", "", level, months)
    db.end_reading()
    return certifications_of(people[who].user_id)[0][0].id
