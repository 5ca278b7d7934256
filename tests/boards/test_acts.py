"""What is asked, what goes round, what waits for approval, what is begun with: who may do which act, against a table written apart from the code."""
from collections.abc import Callable
from functools import partial

import pytest

from boards.commands.comments import post_comment, remove_comment
from boards.commands.feeds import open_feed
from boards.commands.publishing import publish_notice, recall_notice, withdraw_notice
from boards.commands.receipts import confirm_for
from boards.commands.routes import resume_round, return_step, skip_step, stamp_step, stand_at_step
from boards.commands.writing import draft_notice, drop_draft, keep_model
from boards.forms import CommentDraft
from boards.models.notices import Comment
from boards.permissions import Boards
from groupware.approvals.commands.deciding import approve_step
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Forbidden
from groupware.kernel.markup import render
from groupware.kernel.permissions import authorize
from tests.boards.test_approval import asking
from tests.boards.test_rights import RIGHTS, everybody
from tests.boards.test_rounds import step_at, way
from tests.boards.test_surveys import CHOICE, answer
from tests.boards.town import WEDNESDAY, board, draft, may_do, notice, sheet, unit

People = dict[str, Actor]
Scene = Callable[[People, int], int]
Act = Callable[[Actor, int], object]


def survey(people: People, board_id: int) -> int:
    return notice(people["sender"], board_id, **CHOICE)


def to_confirm(people: People, board_id: int) -> int:
    notice_id = notice(people["sender"], board_id)
    post_comment(people["clerk"], notice_id, CommentDraft("よいですか", render("よいですか")))
    return notice_id


def going_round(people: People, board_id: int) -> int:
    return notice(people["sender"], board_id, **way({"person": people["clerk"]}, {"person": people["head"]}))


def given_back(people: People, board_id: int) -> int:
    notice_id = going_round(people, board_id)
    return_step(people["clerk"], step_at(notice_id, 0), "数が合いません")
    return notice_id


def model(people: People, board_id: int) -> int:
    made: int = keep_model(people["sender"], notice(people["sender"], board_id))
    return made


def to_approve(people: People, _: int) -> int:
    """By the clerk, on a board where 市民課 posts, 部 rules and nothing goes up without approval."""
    rights = [("post", f"below:{unit('0310')}"), ("manage", f"unit:{unit('0300')}")]
    board_id = board(*rights, approval=True)
    notice_id: int = draft_notice(people["clerk"], board_id, draft(sender=f"person:{people['clerk'].user_id}"))
    publish_notice(people["clerk"], notice_id)
    return notice_id


def unsay(who: Actor, notice_id: int) -> None:
    db.end_reading()
    remark = db.session.query(Comment.id).filter(Comment.notice_id == notice_id).scalar()
    remove_comment(who, remark)


def stand_in(who: Actor, notice_id: int) -> None:
    db.end_reading()
    confirm_for(who, notice_id, OTHER[0], "端末がないため")


def collect(who: Actor, notice_id: int) -> None:
    authorize(who, Boards.COLLECT, sheet(who, notice_id))


OTHER: list[int] = []           # id of the colleague of 戸籍係 without a terminal, in the world at hand
ACTS: dict[str, tuple[Scene, Act]] = {
    "answer": (survey, lambda who, notice_id: answer(who, notice_id, {1: "0"})),
    "collect": (survey, collect),
    "stand in": (to_confirm, stand_in),
    "unsay": (to_confirm, unsay),
    "withdraw": (to_confirm, lambda who, notice_id: withdraw_notice(who, notice_id, "誤り")),
    "keep as model": (to_confirm, keep_model),
    "stamp": (going_round, lambda who, notice_id: stamp_step(who, step_at(notice_id, 0), 1)),
    "give back": (going_round, lambda who, notice_id: return_step(who, step_at(notice_id, 0), "数が合いません")),
    "stand at": (going_round, lambda who, notice_id: stand_at_step(who, step_at(notice_id, 0), 1, "出張のため")),
    "skip": (going_round, lambda who, notice_id: skip_step(who, notice_id, step_at(notice_id, 0), "休みのため")),
    "resume": (given_back, resume_round),
    "see model": (model, sheet),
    "drop model": (model, drop_draft),
    "see what waits": (to_approve, sheet),
    "recall": (to_approve, recall_notice),
    "approve": (to_approve, lambda who, notice_id: approve_step(who, *asking(notice_id))),
    "feed": (to_confirm, lambda who, _: open_feed(who)),
}
SENDS = {"collect", "stand in", "withdraw", "keep as model", "stand at", "skip", "resume", "see model", "drop model", "feed"}
NEAR = {"answer", "stand in", "stand at", "feed"}       # of 市民課, whom it is for
ALLOWED = {     # a notice of 税務課; what goes round lies with the clerk, then goes to the head; what waits is the clerk's
    ("staff", "sender"): SENDS,
    ("staff", "tax"): SENDS,
    ("staff", "keeper"): SENDS | {"unsay", "see what waits"},
    ("staff", "head"): NEAR | {"see what waits", "approve"},
    ("staff", "clerk"): NEAR | {"unsay", "stamp", "give back", "see what waits", "recall"},
    ("staff", "other"): NEAR - {"stand in"},            # not for oneself
    ("staff", "bystander"): {"feed"},
    ("staff", "adviser"): {"feed"},
    ("staff", "founder"): {"feed"},
    ("closed", "sender"): SENDS,
    ("closed", "tax"): SENDS,
    ("closed", "keeper"): SENDS | {"unsay", "see what waits"},
    ("closed", "head"): NEAR | {"see what waits", "approve"},
    ("closed", "clerk"): NEAR | {"unsay", "stamp", "give back", "see what waits", "recall"},
    ("closed", "other"): NEAR - {"stand in", "stand at"},       # knows nothing of a way that does not come by
    ("closed", "bystander"): {"feed"},
    ("closed", "adviser"): {"feed"},
    ("closed", "founder"): {"feed"},
}


@pytest.mark.parametrize("kind", RIGHTS)
@pytest.mark.usefixtures("house")
def test_each_act_is_for_exactly_those_whom_the_table_names(kind: str) -> None:
    with clock.at(WEDNESDAY):
        people = everybody()
        OTHER[:] = [people["other"].user_id]
        board_id = board(*RIGHTS[kind]())
        scenes = {scene: scene(people, board_id) for scene in {first for first, _ in ACTS.values()}}
        found = [(name, act) for act, (scene, do) in ACTS.items() for board_kind, name in ALLOWED if board_kind == kind
                 and may_do(partial(do, people[name], scenes[scene])) != (act in ALLOWED[kind, name])]
        assert found == []


@pytest.mark.usefixtures("house")
def test_nobody_but_the_house_keeps_the_calendar_of_notices() -> None:
    with clock.at(WEDNESDAY):
        people = everybody()
        one = sheet(people["sender"], going_round(people, board()))
        for who in people.values():
            with pytest.raises(Forbidden):
                authorize(who, Boards.KEEP, one)
        authorize(SYSTEM, Boards.KEEP, one)
