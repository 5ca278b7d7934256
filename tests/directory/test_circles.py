"""Circles: whoever is said to be in one is among its people, and nobody else."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from groupware.directory.commands.groups import create_group
from groupware.directory.commands.people import disable_person
from groupware.directory.forms import GroupDraft
from groupware.directory.models import Post, StaffKind
from groupware.directory.queries import ALL, circle, circle_names, circles_of, is_circle, people_in, standing_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from tests.directory.town import actor, adviser, move, person, unit

pytestmark = pytest.mark.usefixtures("each_town")


def test_somebody_is_among_the_people_of_a_circle_if_and_only_if_it_is_one_of_theirs() -> None:
    clerk, head, tax = person(roles=("leader",)), person("課長 一", at="0310", post="課長"), person("税務 一", at="0321")
    both = person("兼務 一", at="0312")
    move(both, "0321", clock.today() - timedelta(days=3), "係長", "兼務")
    group = create_group(SYSTEM, GroupDraft.parse("チーム", [str(tax)], [str(unit("0310"))]))
    direct = create_group(SYSTEM, GroupDraft("課長の集まり", units=frozenset({(unit("0310"), False)})))
    everybody = [*map(actor, (clerk, head, tax, both)), adviser(), actor(person("どこにも いない", at=""))]
    circles = [ALL, circle("group", group), circle("group", direct), "role:leader", "role:adviser",
               *(circle("person", each.user_id) for each in everybody),
               *(circle(kind, unit(code)) for kind in ("unit", "below") for code in ("0000", "0300", "0310", "0311", "0321", "9000")),
               *(circle("post", number) for number in db.session.scalars(select(Post.id))),
               *(circle("kind", number) for number in db.session.scalars(select(StaffKind.id)))]
    for each in circles:
        inside = set(db.session.scalars(people_in([each])))
        assert inside == {who.user_id for who in everybody if each in circles_of(who)}, each


def test_several_circles_are_one_and_the_stopped_are_in_none() -> None:
    clerk, tax = person(), person("税務 一", at="0321")
    asked = people_in([circle("unit", unit("0311")), circle("person", tax)])
    assert set(db.session.scalars(asked)) == {clerk, tax}
    disable_person(SYSTEM, tax)
    db.end_reading()
    assert set(db.session.scalars(asked)) == {clerk}


def test_whoever_is_moved_is_in_the_other_circle_from_that_day_on() -> None:
    clerk = person()
    here, there = circle("unit", unit("0311")), circle("unit", unit("0321"))
    assert here in circles_of(actor(clerk))
    move(clerk, "0321", clock.today() + timedelta(days=1))
    db.end_reading()
    assert here in circles_of(actor(clerk))
    with clock.at(clock.now() + timedelta(days=1)):
        assert there in circles_of(actor(clerk))
        assert set(db.session.scalars(people_in([there]))) == {clerk}


def test_a_head_heads_the_unit_and_all_below_it() -> None:
    head, clerk = person(at="0310", post="課長"), person("係員 一")
    assert standing_of(actor(head)).heads == {unit("0310"), unit("0311"), unit("0312")}
    assert standing_of(actor(clerk)).heads == set()


@pytest.mark.parametrize("text", ["", "all:1", "below", "below:x", "below:１", "role:", "role:king", "planet:3", "person:-1"])
def test_what_is_no_circle_is_known_as_none(text: str) -> None:
    assert not is_circle(text)


def test_a_circle_is_called_as_people_call_it() -> None:
    names = circle_names(each for each in (ALL, circle("below", unit("0310")), circle("below", 999)))
    assert (names[ALL], names[circle("below", unit("0310"))], names[circle("below", 999)]) == ("全職員", "市民課", "いまはないもの")
