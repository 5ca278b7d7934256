"""A notice from the draft to those it is for."""
import pytest

from boards.commands.publishing import publish_notice, withdraw_notice
from boards.commands.receipts import confirm_notice
from boards.commands.writing import draft_notice, drop_draft, edit_notice, keep_model
from boards.queries.audience import parts_of, reach
from boards.queries.choices import models_on
from boards.queries.desks import desks_to_post
from boards.queries.lists import WAITING, Asked, page_of, revisions_of
from boards.queries.receipts import standing
from boards.queries.surveys import questions_of
from groupware.directory.commands.groups import create_group
from groupware.directory.forms import GroupDraft
from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.boards.town import (
    arrive,
    board,
    confirm,
    draft,
    edit,
    form,
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
from tests.conftest import InProcess
from tests.files.office import browser


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


def test_of_two_who_edit_the_second_is_refused_and_sees_both_texts_side_by_side(house: InProcess) -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    edit(people["sender"], notice_id, body="先の人の文")
    with pytest.raises(Conflict):
        edit_notice(people["tax"], notice_id, draft(body="後の人の文", version="1"))
    second = browser(house, people["tax"]).post(
        f"/boards/notices/{notice_id}/text", data=form(body="後の人の文", version="1"), headers={"Accept": "text/html"})
    page = second.get_data(as_text=True)
    assert (second.status_code, "ほかの人が先に直しました" in page, "先の人の文" in page, "後の人の文</textarea>" in page) == (409, True, True, True)
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


@pytest.mark.usefixtures("house")
def test_a_draft_that_is_thrown_away_is_nowhere_and_what_is_out_cannot_be() -> None:
    people = hall()
    draft_id = draft_notice(people["sender"], board(), draft())
    assert sheet(people["sender"], draft_id)
    drop_draft(people["sender"], draft_id)
    with pytest.raises(NotFound):
        sheet(people["sender"], draft_id)
    with pytest.raises(Conflict, match="取り下げてください"):
        drop_draft(people["sender"], notice(people["sender"], board()))
