"""What is missing where: against an oracle that counts by hand."""
from collections.abc import Callable
from datetime import date
from functools import partial
from random import Random

import pytest

from groupware.directory.commands.places import assign_person, cancel_assignment
from groupware.directory.forms import PlaceDraft
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import record
from groupware.kernel.errors import Invalid
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import move as transfer
from tests.directory.town import statements_of, unit
from tests.training.hall import appointed
from tests.training.school import leave
from tests.training.skilled import certified, skilled_town
from training.calendar.courses import follow_all
from training.commands.leaders import change_rules
from training.commands.skills import rate_oneself, set_wanted
from training.events.skills import HoldersFollowed
from training.forms.leaders import rules
from training.forms.skills import WantedDraft
from training.models.skills import Holding
from training.queries.heat import heat, heat_for
from training.queries.skills import skills_in_force
from training.rules import Rules

people = pytest.fixture(skilled_town)


def test_what_is_missing_is_counted_as_by_hand(people: dict[str, Actor], trials: Callable[[int, int], int]) -> None:
    """Random certifications, ends, transfers and leaves; 不足 = max(0, 必要人数 - 充足人数), by section, role and skill."""
    chance, skills, codes = Random(49), [skill.id for skill in skills_in_force()], ("0310", "0320")
    places = [(code, role, skill) for code in codes for role in ("staff", "head", "leader") for skill in skills]
    wanted = {place: (chance.randint(1, 4), chance.randint(1, 3)) for place in places}
    for (code, role, skill), (level, many) in wanted.items():
        set_wanted(people["steering"], WantedDraft(unit(code), role, skill, level, many))
    appointed(people, "self")
    crowd = {who: people[who].user_id for who in ("self", "colleague", "head", "stranger", "other_head", "administrator")}
    held: dict[tuple[str, int], tuple[int, date | None]] = {}
    seats = {who: "0310" if who in {"self", "colleague", "head"} else "0320" for who in crowd}
    moved = 0
    for _ in range(trials(12, 10_000)):
        who, skill = chance.choice(list(crowd)), chance.choice(skills)
        if chance.random() < 0.75:
            held[who, skill] = (chance.randint(1, 4), chance.choice((None, date(2026, 6, 17), date(2026, 6, 18), date(2027, 1, 1))))
            db.write(partial(_hold, crowd[who], skill, unit(seats[who]), *held[who, skill]))
        elif who == "self":
            seats[who] = {"0310": "0320", "0320": "0310"}[seats[who]]
            if seats[who] == "0320":
                moved = transfer(crowd[who], "0321", clock.today())
            else:                       # back again on the same day: it never was
                cancel_assignment(SYSTEM, crowd[who], moved)
            follow_all()
        db.end_reading()
        for code in codes:
            cells = next(row.cells for row in heat().rows if row.unit.id == unit(code))
            assert {skill: cells[skill].missing for skill in skills} == {
                skill: sum(max(0, many - sum(_plays(who, role) and seats[who] == code and held.get((who, skill), (0, None))[0] >= level
                                             and (held[who, skill][1] or date.max) >= date(2026, 6, 18) for who in crowd))
                           for (at, role, of), (level, many) in wanted.items() if (at, of) == (code, skill)) for skill in skills}
    leave(crowd["self"])
    follow_all()
    db.end_reading()
    assert db.session.query(Holding).filter(Holding.user_id == crowd["self"], Holding.unit_id != 0).count() == 0


def test_who_sits_there_beside_their_main_seat_counts_in_part_where_the_city_says_so(people: dict[str, Actor]) -> None:
    skill = skills_in_force()[0].id
    for code, role in (("0310", "staff"), ("0320", "staff"), ("0320", "head")):
        set_wanted(people["steering"], WantedDraft(unit(code), role, skill, 2, 2))
    assign_person(SYSTEM, people["head"].user_id, PlaceDraft("0321", "兼務", "係長", clock.today()))
    assign_person(SYSTEM, people["head"].user_id, PlaceDraft("0320", "事務取扱", "課長", clock.today()))
    certified(people, "head", 0, 3)

    def stand() -> list[tuple[float, float]]:
        db.end_reading()
        found = heat()
        assert [(each.unit.code, each.missing) for each in found.branches][-2:] == [(row.unit.code, row.missing) for row in found.rows]
        assert {each.missing for each in found.branches[:-2]} == {sum(row.missing for row in found.rows)}
        return [(row.cells[skill].filled, row.missing) for row in found.rows]
    assert stand() == [(1, 1), (0, 4)]
    for beside, there in ((0.5, (1, 3)), (1, (2, 2)), (0, (0, 4))):
        change_rules(people["steering"], Rules(beside=beside))
        assert stand() == [(1, 1), there]
    page = {"years": 3, "least": 1, "review_days": 90, "beside": "0.5"}
    assert rules(page).beside == 0.5
    with pytest.raises(Invalid):
        rules({**page, "beside": "2"})


def test_a_head_sees_their_own_sections_alone(people: dict[str, Actor]) -> None:
    for code in ("0310", "0320"):
        set_wanted(people["steering"], WantedDraft(unit(code), "staff", skills_in_force()[0].id, 2, 1))
    db.end_reading()
    seen = {who: [row.unit.code for row in heat_for(people[who]).rows] for who in ("head", "above", "other_head", "steering", "cio")}
    assert seen == {"head": ["0310"], "above": ["0310", "0320"], "other_head": ["0320"], "steering": ["0310", "0320"], "cio": ["0310", "0320"]}


def test_the_map_costs_the_same_for_few_and_for_many_and_nothing_while_nothing_changes(house: InProcess, people: dict[str, Actor]) -> None:
    skills = [skill.id for skill in skills_in_force()]
    set_wanted(people["steering"], WantedDraft(unit("0310"), "staff", skills[0], 2, 1))
    signed_in(house, people["steering"]).get("/training/heat")
    cost = []
    for turn in range(3):
        rate_oneself(people["self"], skills[0], 1 + turn)
        db.end_reading()
        cost.append(statements_of(heat))
        db.end_reading()
        assert statements_of(heat) <= 2
        for skill in skills:
            set_wanted(people["steering"], WantedDraft(unit("0320"), "staff", skill, 1 + turn, 2))
            certified(people, ("self", "colleague", "stranger")[turn], skills.index(skill), 2)
        db.end_reading()
    assert cost[0] == cost[2] <= 12


def _hold(user_id: int, skill: int, unit_id: int, level: int, expires_on: date | None) -> None:
    db.session.merge(Holding(user_id=user_id, skill_id=skill, unit_id=unit_id, level=level, expires_on=expires_on, told=0))
    record(SYSTEM, HoldersFollowed(skill))


def _plays(who: str, role: str) -> bool:
    return role == "staff" or (role == "leader" and who == "self") or (role == "head" and who in {"head", "other_head"})
