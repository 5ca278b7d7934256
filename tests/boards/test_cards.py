"""A link to a notice in what somebody wrote: its card, for those who may see it, and nothing for anybody else."""
import pytest

from groupware.kernel import db
from tests.boards.town import board, hall, notice, unit
from tests.conftest import InProcess
from tests.directory.town import adviser
from tests.files.office import browser


def test_the_card_is_for_those_who_may_see_the_notice(house: InProcess) -> None:
    people = hall() | {"stranger": adviser()}
    notice_id = notice(people["sender"], board(("post", f"below:{unit('0320')}")), title="<様式>が変わります")
    db.end_reading()
    for who, status in (("clerk", 200), ("sender", 200), ("tax", 200), ("stranger", 204)):
        reply = browser(house, people[who]).get(f"/ui/card?path=/boards/notices/{notice_id}")
        assert (reply.status_code, "&lt;様式&gt;が変わります" in reply.text) == (status, status == 200), who


@pytest.mark.parametrize("path", ["", "/", "/boards", "/boards/notices/9999", "/boards/notices/x", "//evil.example/boards/notices/1", "/chat/rooms/1",
                                  f"/boards/notices/{10**30}", "/sign-in", "/boards/notices/1/people"])
def test_what_is_no_thing_of_ours_shows_nothing(path: str, house: InProcess) -> None:
    people = hall()
    assert browser(house, people["clerk"]).get("/ui/card", query_string={"path": path}).status_code == 204
