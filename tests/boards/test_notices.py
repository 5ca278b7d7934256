"""A notice from the draft to those it is for."""
from datetime import datetime, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from boards.calendar import keep_calendar
from boards.commands.comments import post_comment, remove_comment
from boards.commands.publishing import publish_notice, withdraw_notice
from boards.commands.receipts import confirm_for, confirm_notice
from boards.commands.reminding import remind_missing
from boards.commands.writing import draft_notice, edit_notice, keep_model
from boards.forms import CommentDraft
from boards.models.notices import BOOKED, OPEN
from boards.queries.audience import parts_of, reach
from boards.queries.choices import models_on
from boards.queries.comments import comments_of
from boards.queries.desks import desks_to_post
from boards.queries.lists import WAITING, Asked, page_of, revisions_of
from boards.queries.receipts import readers, standing, standing_then
from boards.queries.surveys import questions_of
from groupware.directory.commands.groups import create_group
from groupware.directory.forms import GroupDraft
from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound, TooMany
from tests.boards.town import (
    arrive,
    board,
    confirm,
    draft,
    edit,
    hall,
    holders,
    ids,
    notice,
    open_it,
    receipt,
    sheet,
    the_notice,
    unit,
    waiting,
)
from tests.directory.town import move
from tests.files.office import helper_works
from tests.notifications.told import told_count

WEDNESDAY = datetime(2026, 10, 14, 10, 0, tzinfo=clock.JST)


def remark(text: str) -> CommentDraft:
    return CommentDraft.parse(MultiDict({"text": text}))


@pytest.mark.usefixtures("house")
def test_a_draft_is_seen_by_the_sending_side_alone_and_after_publication_by_those_it_is_for() -> None:
    people = hall()
    notice_id = draft_notice(people["sender"], board(), draft())
    assert sheet(people["tax"], notice_id).sends is True
    with pytest.raises(NotFound):
        sheet(people["clerk"], notice_id)
    publish_notice(people["sender"], notice_id)
    arrive(notice_id)
    assert sheet(people["clerk"], notice_id).addressed
    assert holders(notice_id) == ids([people["head"], people["clerk"], people["other"]])


@pytest.mark.usefixtures("each_house")
def test_what_the_preview_says_is_who_gets_it() -> None:
    people = hall()
    notice_id = draft_notice(people["sender"], board(), draft(to_person=[str(people["tax"].user_id)], without_person=[str(people["other"].user_id)]))
    said = reach(parts_of(notice_id))
    publish_notice(people["sender"], notice_id)
    arrive(notice_id)
    named = {card.id for _, cards in said.sections for card in cards}
    assert said.people == len(named) == 3
    assert named == holders(notice_id) == ids([people["head"], people["clerk"], people["tax"]])
    assert the_notice(notice_id).people == said.people


@pytest.mark.usefixtures("each_house")
def test_by_post_by_kind_of_employment_and_by_group_it_reaches_exactly_those() -> None:
    people = hall()
    band = create_group(SYSTEM, GroupDraft("窓口の会", frozenset({people["tax"].user_id}), frozenset({(unit("0312"), False)})))
    posts, kinds = ({each.name: str(each.id) for each in found} for found in (all_posts(), staff_kinds()))
    below = [str(unit("0300"))]
    for chosen, meant in (({"to_below": below, "only_post": [posts["課長"], posts["係長"]]}, ("head", "sender")),
                          ({"to_below": below, "only_kind": [kinds["会計年度任用"]]}, ()),
                          ({"to_below": below, "only_kind": [kinds["正職員"]], "without_below": [str(unit("0320"))]}, ("head", "clerk", "other")),
                          ({"to_below": None, "to_group": [str(band)]}, ("tax", "other"))):
        notice_id = notice(people["sender"], board(), **chosen)
        assert holders(notice_id) == ids(people[key] for key in meant), chosen
        assert reach(parts_of(notice_id)).people == len(meant)


@pytest.mark.usefixtures("house")
def test_opening_is_no_confirmation() -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    open_it(people["clerk"], notice_id)
    found = receipt(notice_id, people["clerk"])
    assert found
    assert found.opened_at
    assert found.confirmed_at is None
    assert waiting(people["clerk"]) == 1
    confirm(people["clerk"], notice_id)
    assert waiting(people["clerk"]) == 0


@pytest.mark.usefixtures("house")
def test_what_is_only_told_is_done_by_opening_it() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), strength="tell", due_on=None)
    assert [row.notice.id for row in page_of(people["clerk"], Asked(WAITING)).rows] == [notice_id]
    open_it(people["clerk"], notice_id)
    assert page_of(people["clerk"], Asked(WAITING)).rows == []
    with pytest.raises(Forbidden):
        confirm_notice(people["clerk"], notice_id, 1)


@pytest.mark.usefixtures("each_house")
def test_an_edit_in_substance_asks_again_and_a_slip_of_the_pen_does_not() -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    confirm(people["clerk"], notice_id)
    edit(people["sender"], notice_id, body="来週から新しい様式です！")
    assert waiting(people["clerk"]) == 0
    edit(people["sender"], notice_id, body="再来週から新しい様式です。", in_substance="1")
    assert waiting(people["clerk"]) == 1
    assert standing(sheet(people["sender"], notice_id)).total.done == 0
    with pytest.raises(Conflict):
        confirm_notice(people["clerk"], notice_id, 1)
    confirm(people["clerk"], notice_id)
    assert waiting(people["clerk"]) == 0
    assert [revision.body for revision, _ in revisions_of(the_notice(notice_id))] == ["来週から新しい様式です！", "来週から新しい様式です。"]


@pytest.mark.usefixtures("house")
def test_of_two_who_edit_the_second_is_refused_and_nothing_is_lost() -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    edit(people["sender"], notice_id, body="先の人の文")
    with pytest.raises(Conflict):
        edit_notice(people["tax"], notice_id, draft(body="後の人の文", version="1"))
    assert the_notice(notice_id).body == "先の人の文"


@pytest.mark.usefixtures("house")
def test_the_strength_changes_only_with_a_reason() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), strength="tell", due_on=None)
    open_it(people["clerk"], notice_id)
    with pytest.raises(Invalid):
        edit(people["sender"], notice_id)
    edit(people["sender"], notice_id, reason="返事が要ると分かったため")
    assert the_notice(notice_id).strength == "confirm"
    assert waiting(people["clerk"]) == 1


@pytest.mark.usefixtures("house")
def test_a_booked_notice_appears_when_its_time_has_come_and_ends_when_it_is_over() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = draft_notice(people["sender"], board(), draft(strength="tell", due_on=None, starts_on="2026-10-16", ends_on="2026-10-20"))
        publish_notice(people["sender"], notice_id)
        keep_calendar()
    assert the_notice(notice_id).state == BOOKED
    with clock.at(datetime(2026, 10, 16, 8, 30, tzinfo=clock.JST)):
        keep_calendar()
        arrive(notice_id)
        assert the_notice(notice_id).state == OPEN
        assert waiting(people["clerk"]) == 1
    with clock.at(datetime(2026, 10, 21, 0, 0, tzinfo=clock.JST)):
        keep_calendar()
        db.end_reading()
        assert waiting(people["clerk"]) == 0
        assert page_of(people["clerk"], Asked()).rows == []
        assert [row.notice.id for row in page_of(people["clerk"], Asked("over")).rows] == [notice_id]


@pytest.mark.usefixtures("each_house")
def test_how_it_stood_at_the_due_date_stays_whatever_happens_afterwards() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = notice(people["sender"], board(), due_on="2026-10-15")
        confirm(people["clerk"], notice_id)
    with clock.at(WEDNESDAY + timedelta(days=2)):
        keep_calendar()
        db.end_reading()
        confirm(people["head"], notice_id)
        now, then = standing(sheet(people["sender"], notice_id)), standing_then(sheet(people["sender"], notice_id))
    assert then
    assert (now.total.done, then.total.done, then.total.total) == (2, 1, 3)


@pytest.mark.usefixtures("house")
def test_whoever_heads_a_unit_sees_its_people_and_the_sender_all() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), to_below=[str(unit("0300"))])
    own = {each.card.id for each in readers(sheet(people["head"], notice_id))}
    assert own == ids([people["head"], people["clerk"], people["other"]])
    assert {each.card.id for each in readers(sheet(people["tax"], notice_id))} == holders(notice_id)
    assert not sheet(people["clerk"], notice_id).heads


@pytest.mark.usefixtures("each_house")
def test_those_missing_are_reminded_once_in_working_time_and_those_done_never() -> None:
    people = hall()
    with clock.at(WEDNESDAY):
        notice_id = notice(people["sender"], board(), due_on="2026-10-20")
        confirm(people["clerk"], notice_id)
        helper_works()
        before = {key: told_count(each.user_id) for key, each in people.items()}
        assert remind_missing(people["head"], notice_id) == 2
        with pytest.raises(TooMany):
            remind_missing(people["sender"], notice_id)
        helper_works()
        assert told_count(people["other"].user_id) == before["other"] + 1
        assert told_count(people["clerk"].user_id) == before["clerk"]
        urgent = notice(people["sender"], board(), due_on="2026-10-20", weight="urgent")
        with pytest.raises(Forbidden):
            remind_missing(people["clerk"], notice_id)
    with clock.at(WEDNESDAY + timedelta(days=1, hours=9)):
        with pytest.raises(Invalid):
            remind_missing(people["head"], notice_id)
        assert remind_missing(people["head"], urgent, None, (people["other"].user_id,)) == 1


@pytest.mark.usefixtures("house")
def test_a_colleague_stands_in_with_a_reason_and_only_within_the_section() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), to_below=[str(unit("0300"))])
    with pytest.raises(Invalid):
        confirm_for(people["clerk"], notice_id, people["other"].user_id, "")
    with pytest.raises(Forbidden):
        confirm_for(people["clerk"], notice_id, people["tax"].user_id, "端末がない")
    confirm_for(people["clerk"], notice_id, people["other"].user_id, "端末がなく、朝礼で読み上げた")
    found = receipt(notice_id, people["other"])
    assert found
    assert (found.stand_in_id, found.opened_at, waiting(people["other"])) == (people["clerk"].user_id, None, 0)


@pytest.mark.usefixtures("each_house")
def test_whoever_is_transferred_takes_the_receipt_along_or_is_shown_out() -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    confirm(people["clerk"], notice_id)
    move(people["clerk"].user_id, "0312", clock.today())
    move(people["other"].user_id, "0321", clock.today())
    arrive(notice_id)
    assert holders(notice_id) == ids([people["head"], people["clerk"]])
    assert {each.card.id for each in readers(sheet(people["head"], notice_id), unit("0312"))} == ids([people["clerk"]])
    move(people["other"].user_id, "0311", clock.today() + timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=1)):
        arrive(notice_id)
        assert people["other"].user_id in holders(notice_id)


@pytest.mark.usefixtures("house")
def test_a_withdrawn_notice_is_read_by_the_sending_side_alone_and_says_why() -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    with pytest.raises(Invalid):
        withdraw_notice(people["sender"], notice_id, "")
    withdraw_notice(people["sender"], notice_id, "日を誤った")
    with pytest.raises(NotFound):
        sheet(people["clerk"], notice_id)
    assert (sheet(people["sender"], notice_id).notice.reason, waiting(people["clerk"])) == ("日を誤った", 0)


@pytest.mark.usefixtures("house")
def test_what_the_sending_side_says_is_marked_as_its_answer_and_whoever_asked_is_told() -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    helper_works()
    before = told_count(people["clerk"].user_id)
    asked = post_comment(people["clerk"], notice_id, remark("いつからですか"))
    post_comment(people["tax"], notice_id, remark("来週の月曜です"))
    helper_works()
    assert [each.answer for each in comments_of(the_notice(notice_id))] == [False, True]
    assert told_count(people["clerk"].user_id) == before + 1
    with pytest.raises(Forbidden):
        remove_comment(people["other"], asked)
    remove_comment(people["clerk"], asked)
    assert comments_of(the_notice(notice_id))[0].deleted_at


@pytest.mark.usefixtures("house")
def test_when_a_section_writes_to_itself_a_question_of_one_of_its_people_is_no_answer() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), to_below=[str(unit("0320"))])
    post_comment(people["tax"], notice_id, remark("いつからですか"))
    post_comment(people["sender"], notice_id, remark("来週の月曜です"))
    assert [each.answer for each in comments_of(the_notice(notice_id))] == [False, True]


@pytest.mark.usefixtures("house")
def test_a_model_is_begun_with_by_whoever_posts_there_and_reaches_nobody() -> None:
    people = hall()
    board_id = board()
    notice_id = notice(people["sender"], board_id, strength="answer", q1_text="出ますか", q1_kind="one", q1_options="はい\nいいえ")
    model = keep_model(people["sender"], notice_id)
    db.end_reading()
    assert [each.id for each in models_on(desks_to_post(people["tax"]))] == [model]
    assert [question.text for question in questions_of(sheet(people["tax"], model).notice)] == ["出ますか"]
    assert (holders(model), models_on(desks_to_post(people["clerk"]))) == (set(), [])
    with pytest.raises(NotFound):
        sheet(people["clerk"], model)
