"""Those who have not read or confirmed yet: who sees them, has them reminded, acts for them."""
from datetime import timedelta

import pytest

from boards.commands.receipts import confirm_for
from boards.commands.reminding import remind_missing
from boards.queries.receipts import readers
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden, Invalid, TooMany
from tests.boards.town import WEDNESDAY, arrive, board, confirm, hall, holders, ids, notice, receipt, sheet, unit, waiting
from tests.directory.town import move
from tests.files.office import helper_works
from tests.notifications.told import told_count


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
