"""Approved before it is put up: seen by whoever is asked, held still meanwhile, put up or returned with the reason."""
from contextlib import nullcontext
from datetime import datetime, timedelta

import pytest

from boards.calendar import keep_calendar
from boards.cards import notice_cards
from boards.commands.places import found_board
from boards.commands.publishing import publish_notice, recall_notice
from boards.commands.writing import draft_notice, edit_notice
from boards.forms import BoardDraft
from boards.models.notices import ASKING, BOOKED, DRAFT, OPEN
from boards.permissions import visible_notices
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.queries.askings import last_about, paper_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from groupware.kernel.ref import Ref
from tests.boards.town import WEDNESDAY, draft, hall, sheet, the_notice, unit, waiting
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, person
from tests.files.office import helper_works
from tests.notifications.told import told_count

pytestmark = pytest.mark.usefixtures("house")


def asked(people: dict[str, Actor], **more: object) -> int:
    """By the clerk of 窓口係 on a board that wants approval; to 市民課 and below."""
    rights = frozenset({("post", f"below:{unit('0310')}"), ("manage", f"below:{unit('0320')}")})
    board_id = found_board(SYSTEM, BoardDraft("市民課", rights=rights, approval=True))
    notice_id: int = draft_notice(people["clerk"], board_id, draft(sender=f"person:{people['clerk'].user_id}", **more))
    publish_notice(people["clerk"], notice_id)
    db.end_reading()
    return notice_id


def asking(notice_id: int) -> tuple[int, int]:
    db.end_reading()
    found = last_about(Ref("boards.notice", notice_id))
    assert found
    step = paper_for(SYSTEM, found.id).due
    assert step
    return found.id, step.id


def approve(who: Actor, notice_id: int) -> None:
    approve_step(who, *asking(notice_id))
    helper_works()
    db.end_reading()


def test_it_reaches_nobody_before_it_is_approved_and_those_it_is_for_afterwards(house: InProcess) -> None:
    people = hall() | {"stranger": adviser()}
    notice_id = asked(people)
    helper_works()
    assert (the_notice(notice_id).state, waiting(people["other"])) == (ASKING, 0)
    with house.app.test_request_context():
        assert notice_cards(people["head"], [notice_id])
    assert notice_id in set(db.session.scalars(visible_notices(people["head"])))
    for who in (people["other"], people["stranger"]):
        assert notice_id not in set(db.session.scalars(visible_notices(who)))
        with pytest.raises(NotFound):
            sheet(who, notice_id)
    with pytest.raises(Forbidden):
        edit_notice(people["clerk"], notice_id, draft(version="1"))
    approve(people["head"], notice_id)
    assert (the_notice(notice_id).state, waiting(people["other"])) == (OPEN, 1)


def test_returned_it_is_a_draft_again_with_the_reason_and_can_be_asked_anew() -> None:
    people = hall()
    notice_id = asked(people)
    return_asking(people["head"], *asking(notice_id), "日付を直してください")
    helper_works()
    assert (the_notice(notice_id).state, the_notice(notice_id).returned) == (DRAFT, "日付を直してください")
    assert told_count(people["clerk"].user_id) == 1
    publish_notice(people["clerk"], notice_id)
    approve(people["head"], notice_id)
    assert (the_notice(notice_id).state, the_notice(notice_id).returned) == (OPEN, "")


def test_whoever_asked_takes_it_back_and_nobody_approves_it_any_more() -> None:
    people = hall()
    notice_id = asked(people)
    first = asking(notice_id)
    recall_notice(people["clerk"], notice_id)
    assert the_notice(notice_id).state == DRAFT
    with pytest.raises((Conflict, Forbidden)):
        approve_step(people["head"], *first)
    helper_works()
    assert the_notice(notice_id).state == DRAFT


def test_approved_ahead_of_its_time_it_is_booked_and_approved_too_late_it_comes_back() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        early = asked(people, starts_on="2026-10-20", due_on="2026-10-30")
        late = asked(people, due_on="2026-10-15")
        approve(people["head"], early)
        assert the_notice(early).state == BOOKED
    with clock.at(WEDNESDAY + timedelta(days=3)):
        approve(people["head"], late)
        assert the_notice(late).state == DRAFT
        assert "期限" in the_notice(late).returned
    with clock.at(datetime(2026, 10, 20, 9, 0, tzinfo=clock.JST)):
        keep_calendar()
        assert the_notice(early).state == OPEN


def test_where_nobody_could_approve_only_a_keeper_of_the_board_puts_it_up() -> None:
    hall()
    alone = actor(person("無所属 人", at=""))
    post, manage = ("post", f"person:{alone.user_id}"), ("manage", f"person:{alone.user_id}")
    for rights, state in ((frozenset({post}), DRAFT), (frozenset({post, manage}), OPEN)):
        board_id = found_board(SYSTEM, BoardDraft("全庁", rights=rights, approval=True))
        own = draft_notice(alone, board_id, draft(sender=f"person:{alone.user_id}"))
        with pytest.raises(Invalid) if state == DRAFT else nullcontext():
            publish_notice(alone, own)
        assert the_notice(own).state == state
