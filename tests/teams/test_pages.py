"""What a team writes together: for whom, by one at a time, and never lost."""
from functools import partial

import pytest

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Refusal
from groupware.kernel.markup import render
from groupware.kernel.ref import Ref
from teams import documents
from teams.commands.pages import begin_page, put_page_away, write_page
from teams.events import PageBegun
from teams.forms import PageDraft
from teams.models.pages import Page, Revision
from teams.queries.pages import changes_of
from teams.reactions import render_later
from teams.rendering import SlowPage, render_page
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import statements_of
from tests.teams.hall import cards, started
from tests.teams.test_tasks import INSIDE, WORK

SLOW = "a" * 3_000 + "\n\n**太い**"


@pytest.fixture(scope="module")
def team(hall: tuple[InProcess, dict[str, Actor]]) -> int:
    return started(hall[1])


def text(body: str = "一行目\n二行目", version: int = 0, title: str = "手順書の案") -> PageDraft:
    return PageDraft(title, body, render(body), version)


def page(number: int) -> Page:
    db.end_reading()
    return db.session.get_one(Page, number)


def test_a_page_is_for_those_inside_at_every_door(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number: int = begin_page(people["adviser"], team, text())
    for who, actor in people.items():
        client = signed_in(house, actor)
        for door in (f"/teams/{team}/pages", f"/teams/pages/{number}", f"/teams/pages/{number}/revisions"):
            assert client.get(door).status_code == (200 if who in INSIDE else 404), (who, door)
        assert bool(cards(house, actor, [Ref("teams.page", number)])) == (who in INSIDE)
        for deed in () if who in WORK else (partial(begin_page, actor, team, text()), partial(write_page, actor, number, text(version=1)),
                                            partial(put_page_away, actor, number)):
            with pytest.raises(Refusal):
                deed()


def test_of_two_who_write_the_second_sees_both_texts_side_by_side(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number: int = begin_page(people["chief"], team, text())
    write_page(people["clerk"], number, text("一行目\n二行目を直した", 1))
    with pytest.raises(Conflict):
        write_page(people["chief"], number, text("一行目\n別に直した", 1))
    client = signed_in(house, people["chief"])
    answer = client.post(f"/teams/pages/{number}/text", data={"title": "手順書の案", "body": "一行目\n別に直した", "version": "1"})
    assert answer.status_code == 409
    assert "二行目を直した" in answer.text
    assert "別に直した" in answer.text
    assert 'name="version" value="2"' in answer.text
    assert page(number).body.endswith("二行目を直した")
    assert client.post(f"/teams/pages/{number}/text", data={"title": "手順書の案", "body": "一行目\n両方", "version": "2"}).status_code == 303
    assert page(number).version == 3


def test_what_was_changed_stands_line_by_line_with_who_did_it(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number: int = begin_page(people["chief"], team, text())
    write_page(people["clerk"], number, text("一行目\n二行目を直した", 1))
    write_page(people["clerk"], number, text("一行目\n二行目を直した", 2))        # the same again: nothing to keep
    write_page(people["leader"], number, text("一行目\n二行目を直した", 2, "題だけ直す"))
    found = changes_of(page(number))
    assert [(each.version, each.writer_name) for each in found] == [(3, people["leader"].name), (2, people["clerk"].name)]
    assert found[1].lines == [("same", "一行目"), ("gone", "二行目"), ("new", "二行目を直した")]
    assert "<del>二行目</del>" in signed_in(house, people["head"]).get(f"/teams/pages/{number}/revisions").text


def test_what_is_put_away_is_gone_from_pages_and_search_and_kept_as_it_was(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number: int = begin_page(people["chief"], team, text("見つかる言葉"))
    found = next(iter(documents.page_documents([number])))
    assert (found.audience, found.body) == (f"teams.inside:{team}", "見つかる言葉")
    put_page_away(people["leader"], number)
    db.end_reading()
    assert not list(documents.page_documents([number]))
    assert signed_in(house, people["chief"]).get(f"/teams/pages/{number}").status_code == 404
    assert page(number).body == "見つかる言葉"


def test_markdown_that_is_slow_waits_for_the_helper(people: dict[str, Actor], team: int) -> None:
    number: int = begin_page(people["chief"], team, text(SLOW))
    assert page(number).slow
    waiting = [each for each in render_later(PageBegun(number, team, slow=True)) or () if isinstance(each, SlowPage)]
    for each in waiting:
        render_page(each)
    assert not page(number).slow
    assert "<strong>太い</strong>" in page(number).html


def test_hostile_markdown_comes_out_harmless(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number: int = begin_page(people["adviser"], team, text("<script>alert(1)</script>\n\n[押す](javascript:alert(1))"))
    shown = signed_in(house, people["chief"]).get(f"/teams/pages/{number}").text
    assert "<script>alert" not in shown
    assert 'href="javascript' not in shown


@pytest.mark.parametrize("wrong", [{"title": ""}, {"body": ""}, {"title": "あ" * 121}, {"body": "あ" * 40_001}, {"version": "x"}])
def test_what_cannot_be_is_refused_with_a_sentence(house: InProcess, people: dict[str, Actor], team: int, wrong: dict[str, str]) -> None:
    answer = signed_in(house, people["chief"]).post(f"/teams/{team}/pages", data={"title": "題", "body": "本文", **wrong})
    assert answer.status_code == 422


def test_many_pages_and_versions_cost_no_more_than_one(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    client, number = signed_in(house, people["chief"]), begin_page(people["chief"], team, text())
    asked: dict[str, set[int]] = {door: set() for door in (f"/teams/{team}/pages", f"/teams/pages/{number}", f"/teams/pages/{number}/revisions")}
    for many in (2, 24):
        while page(number).version < many:
            write_page(people["clerk"], number, text(f"{page(number).version}", page(number).version))
            begin_page(people["chief"], team, text())
        for door, counts in asked.items():
            client.get(door)
            counts.add(statements_of(partial(client.get, door)))
    assert all(len(counts) == 1 and max(counts) <= 12 for counts in asked.values())
    assert db.session.query(Revision).filter_by(page_id=number).count() == 23
