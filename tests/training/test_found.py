"""What is found of trainings: courses, skills and who serves, by all staff; by nobody from outside, and nothing of who serves no more."""
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from groupware.directory.commands.people import disable_person
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from tests.conftest import InProcess
from tests.search.hall import Hall
from tests.training.hall import appointed, move, town
from tests.training.school import course
from training.commands.skills import bring_items, draft_framework, enforce_framework
from training.forms.skills import FrameworkDraft, Item

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


@pytest.fixture
def hall(house: InProcess, people: dict[str, Actor]) -> Iterator[Hall]:
    with ExitStack() as last:
        yield Hall(house, last)


def test_who_serves_is_found_by_all_staff_while_they_serve_and_by_nobody_from_outside(hall: Hall, people: dict[str, Actor]) -> None:
    number = appointed(people)
    appointed(people, "colleague")
    assert [_kinds(hall, people[who], "デジタルリーダー") for who in ("self", "stranger", "mayor", "adviser")] == [["training.leader"] * 2] * 3 + [[]]
    move(people["steering"], number, "dismiss")
    assert _kinds(hall, people["stranger"], "デジタルリーダー") == ["training.leader"]
    disable_person(SYSTEM, people["colleague"].user_id)
    assert _kinds(hall, people["stranger"], "デジタルリーダー") == []


def test_skills_in_force_and_courses_are_found_by_all_staff_alone(hall: Hall, people: dict[str, Actor]) -> None:
    course(people, title="集計の研修")
    for edition, name in (("1", "集計を直す"), ("2", "集計を見直す")):
        number = draft_framework(people["steering"], FrameworkDraft("庁内", edition, "出典", ()))
        bring_items(people["steering"], number, [Item("A", "", name, "毎月のもの")])
        assert "training.skill" not in _kinds(hall, people["steering"], name)
        enforce_framework(people["steering"], number)
        db.end_reading()
        assert _kinds(hall, people["stranger"], "集計") == ["training.course", "training.skill"]
        assert _kinds(hall, people["adviser"], "集計") == []
    assert _kinds(hall, people["stranger"], "集計を直す") == []


def _kinds(hall: Hall, actor: Actor, typed: str) -> list[str]:
    results = hall.ask(actor, typed)
    return sorted(line.card.ref.kind for line in [*(line for each in results.leading.values() for line in each), *results.lines])
