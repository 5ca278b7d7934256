"""Role by board by act, against a table written apart from the code; and what can be seen is what is listed."""
from collections.abc import Callable
from functools import partial

import pytest

from boards.cards import notice_cards
from boards.commands.comments import post_comment
from boards.commands.places import add_board, change_board
from boards.commands.publishing import withdraw_notice
from boards.commands.receipts import confirm_notice
from boards.commands.reminding import remind_missing
from boards.commands.writing import draft_notice, edit_notice
from boards.documents import audiences
from boards.forms import BoardDraft, CommentDraft
from boards.permissions import visible_notices
from boards.queries.desks import desk_for, desks
from boards.queries.lists import Asked, page_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound, Refusal
from groupware.kernel.markup import render
from tests.boards.town import WEDNESDAY, board, draft, hall, may_do, notice, sheet, unit
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, person

Act = Callable[[Actor, int, int], object]
ACTS: dict[str, Act] = {
    "see": lambda who, _, notice_id: sheet(who, notice_id),
    "comment": lambda who, _, notice_id: post_comment(who, notice_id, CommentDraft("よいですか", render("よいですか"))),
    "confirm": lambda who, _, notice_id: confirm_notice(who, notice_id, 1),
    "remind": lambda who, _, notice_id: remind_missing(who, notice_id),
    "enter": lambda who, board_id, _: desk_for(who, board_id),
    "post": lambda who, board_id, _: draft_notice(who, board_id, draft(sender=f"person:{who.user_id}")),
    "edit": lambda who, _, notice_id: edit_notice(who, notice_id, draft(version="1")),
    "manage": lambda who, board_id, _: change_board(who, board_id, BoardDraft("板", rights=RIGHTS["staff"]())),
}
RIGHTS: dict[str, Callable[[], frozenset[tuple[str, str]]]] = {
    "staff": lambda: frozenset({("read", "all"), ("comment", "all"), ("post", f"below:{unit('0320')}"), ("manage", f"unit:{unit('0300')}")}),
    "closed": lambda: frozenset({("read", f"below:{unit('0320')}"), ("post", f"unit:{unit('0320')}"), ("manage", f"unit:{unit('0300')}")}),
}
ALLOWED = {     # by board and person: what they may do with a notice of 税務課 to 市民課 and below, put up there by the sender
    ("staff", "sender"): {"see", "comment", "remind", "edit", "enter", "post"},
    ("staff", "tax"): {"see", "comment", "remind", "edit", "enter", "post"},
    ("staff", "head"): {"see", "comment", "confirm", "remind", "enter"},
    ("staff", "clerk"): {"see", "comment", "confirm", "enter"},
    ("staff", "keeper"): {"see", "comment", "remind", "edit", "enter", "post", "manage"},
    ("staff", "bystander"): {"see", "comment", "enter"},
    ("staff", "adviser"): set(),
    ("staff", "founder"): {"see", "comment", "enter", "manage"},
    ("closed", "sender"): {"see", "comment", "remind", "edit", "enter", "post"},
    ("closed", "tax"): {"see", "comment", "remind", "edit", "enter"},
    ("closed", "head"): {"see", "comment", "confirm", "remind"},
    ("closed", "clerk"): {"see", "comment", "confirm"},
    ("closed", "keeper"): {"see", "comment", "remind", "edit", "enter", "post", "manage"},
    ("closed", "bystander"): set(),
    ("closed", "adviser"): set(),
    ("closed", "founder"): {"enter", "manage"},
}


def everybody() -> dict[str, Actor]:
    people = hall()
    more = {"keeper": actor(person("部 長子", at="0300", post="書記")), "bystander": actor(person("よその 人", at="0000", post="主事")),
            "adviser": adviser(), "founder": actor(person("蓮見 亮介", at="0000", post="主事", roles=("administrator",)))}
    return people | more


@pytest.mark.parametrize("kind", RIGHTS)
@pytest.mark.usefixtures("house")
def test_each_person_may_do_on_each_board_exactly_what_the_table_says(kind: str) -> None:
    with clock.at(WEDNESDAY):
        people = everybody()
        board_id = board(*RIGHTS[kind]())
        notice_id = notice(people["sender"], board_id)
        assert [(name, act) for act, do in ACTS.items() for board_kind, name in ALLOWED if board_kind == kind
                and may_do(partial(do, people[name], board_id, notice_id)) != (act in ALLOWED[kind, name])] == []


def test_what_is_seen_is_what_is_listed_found_and_shown_as_a_card(each_house: InProcess) -> None:
    people = everybody()
    boards = [board(*RIGHTS[kind]()) for kind in RIGHTS]
    made = [notice(people["sender"], each) for each in boards] + [draft_notice(people["sender"], each, draft()) for each in boards]
    gone = notice(people["sender"], boards[0])
    withdraw_notice(people["sender"], gone, "誤り")
    made.append(gone)
    for name, who in people.items():
        db.end_reading()
        seen = {notice_id for notice_id in made if can_see(who, notice_id)}
        assert set(db.session.scalars(visible_notices(who))) == seen, name
        with each_house.app.test_request_context():
            assert {card.ref.id for card in notice_cards(who, made)} == seen, name
        up = {f"boards.notice:{notice_id}" for notice_id in seen & set(made[:2])}
        assert set(audiences(who)) == up, name
        assert {f"boards.notice:{row.notice.id}" for row in page_of(who, Asked()).rows} == up, name


@pytest.mark.usefixtures("each_house")
def test_a_board_below_has_the_rights_of_the_one_above_until_it_says_its_own() -> None:
    people = everybody()
    top = board(*RIGHTS["staff"]())
    middle = add_board(people["keeper"], top, BoardDraft("中", parent_id=top))
    leaf = add_board(people["keeper"], middle, BoardDraft("下", parent_id=middle))
    assert {desk.board.id for desk in desks(people["clerk"])} == {top, middle, leaf}
    change_board(people["keeper"], middle, BoardDraft("中", rights=RIGHTS["closed"]()))
    db.end_reading()
    assert {desk.board.id for desk in desks(people["clerk"])} == {top}
    assert {desk.board.id for desk in desks(people["tax"])} == {top, middle, leaf}
    change_board(people["keeper"], middle, BoardDraft("中"))
    db.end_reading()
    assert {desk.board.id for desk in desks(people["clerk"])} == {top, middle, leaf}


@pytest.mark.usefixtures("house")
def test_an_adviser_sees_what_they_are_named_for_and_nothing_else() -> None:
    people = everybody()
    board_id, who = board(), people["adviser"]
    for_them = notice(people["sender"], board_id, to_person=[str(who.user_id)])
    notice(people["sender"], board_id, to_all="1")
    assert [row.notice.id for row in page_of(who, Asked()).rows] == [for_them]
    assert desks(who) == []


@pytest.mark.usefixtures("house")
def test_nobody_speaks_for_a_unit_that_is_not_theirs() -> None:
    people = hall()
    with pytest.raises(Refusal):
        draft_notice(people["sender"], board(), draft(sender=f"below:{unit('0310')}"))


def can_see(who: Actor, notice_id: int) -> bool:
    try:
        sheet(who, notice_id)
    except NotFound:
        return False
    return True

