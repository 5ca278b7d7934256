"""お尋ねと答え under a notice."""
import pytest
from werkzeug.datastructures import MultiDict

from boards.commands.comments import post_comment, remove_comment
from boards.forms import CommentDraft
from boards.queries.comments import comments_of
from groupware.kernel.errors import Forbidden
from tests.boards.town import board, hall, notice, the_notice, unit
from tests.conftest import InProcess
from tests.files.office import browser, helper_works
from tests.notifications.told import told_count


def remark(text: str) -> CommentDraft:
    return CommentDraft.parse(MultiDict({"text": text}))


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


def test_each_takes_back_what_is_their_own_on_a_page_that_is_drawn_once_for_all(house: InProcess) -> None:
    people = hall()
    notice_id = notice(people["sender"], board())
    asked, answered = (post_comment(people[who], notice_id, remark("<b>いつから</b>")) for who in ("clerk", "tax"))

    def seen(who: str) -> tuple[bool, bool, int, int]:
        page = browser(house, people[who]).get(f"/boards/notices/{notice_id}", headers={"Accept": "text/html"}).get_data(as_text=True)
        back = f"/boards/notices/{notice_id}/comments/{{}}/removal"
        return back.format(asked) in page, back.format(answered) in page, page.count("発信元の答え"), page.count("この書き込みは取り消されました")
    for _ in range(2):
        assert [seen(who) for who in ("clerk", "tax", "other", "clerk")] == [
            (True, False, 1, 0), (False, True, 1, 0), (False, False, 1, 0), (True, False, 1, 0)]
    remove_comment(people["clerk"], asked)
    assert [seen(who) for who in ("clerk", "other")] == [(False, False, 1, 1)] * 2


@pytest.mark.usefixtures("house")
def test_when_a_section_writes_to_itself_a_question_of_one_of_its_people_is_no_answer() -> None:
    people = hall()
    notice_id = notice(people["sender"], board(), to_below=[str(unit("0320"))])
    post_comment(people["tax"], notice_id, remark("いつからですか"))
    post_comment(people["sender"], notice_id, remark("来週の月曜です"))
    assert [each.answer for each in comments_of(the_notice(notice_id))] == [False, True]
