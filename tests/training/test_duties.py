"""Who must take what, and of how many that is said: against an oracle that goes through the people one by one."""
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random

import pytest

from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, Invalid, NotFound, Refusal, TooMany
from groupware.kernel.jobs import drain
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import move as transfer
from tests.directory.town import person, statements_of, unit
from tests.training.hall import town
from tests.training.school import ALL, come_back, course, in_days, leave
from training.calendar.courses import follow_all
from training.commands.courses import change_course, retire_course
from training.commands.duties import chase_missing, excuse_duty
from training.commands.learning import learn_alone
from training.forms.courses import CourseDraft
from training.models.courses import ALONE, BY_ONESELF, Completion, Course
from training.models.duties import Duty
from training.permissions.courses import Watched
from training.queries.duties import Tally, by_section, dues_of, pupils, tallies, watched_for
from training.rules import valid_until
from training.widgets import learning_to_do

THIS = datetime(2026, 6, 18, 1, 0, tzinfo=UTC)      # a Thursday, 10:00 in Japan
STAFF = 11      # of ``town``: the adviser is none


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(THIS):
        yield town()


def test_the_sums_are_those_of_an_oracle_that_counts_one_by_one(people: dict[str, Actor], trials: Callable[[int, int], int]) -> None:
    """As many histories as people: each of them completes, lets it run out, is excused, falls ill, goes, comes late, in any order."""
    chance, units = Random(35), [unit("0311"), unit("0320"), unit("0321")]
    histories = [[chance.choice(("done", "out of date", "excused", "ill", "gone", "late", "due later", "back")) for _ in range(chance.randrange(6))]
                 for _ in range(trials(300, 10_000))]
    crowd = [actor.user_id for actor in people.values()]
    db.write(partial(_live, histories, units, crowd))
    expected: dict[int, Counter[str]] = {each: Counter() for each in units}
    for place, history in enumerate(histories):
        expected[units[place % 3]].update(_said(history))
    db.end_reading()
    found: dict[int, Tally] = defaultdict(Tally)
    for of_course in tallies(range(1, 2 + len(histories) // len(crowd))).values():
        for each, tally in of_course.items():
            found[each] += tally
    assert {each: {name: getattr(found[each], name) for name in Tally.__slots__} for each in units} == {
        each: {name: expected[each][name] for name in Tally.__slots__} for each in units}
    whole = sum(found.values(), Tally())
    assert whole.needed == whole.done + whole.missing
    assert whole.rate == 100 * whole.done // whole.needed


def test_a_rule_by_unit_post_and_kind_reaches_just_those(people: dict[str, Actor]) -> None:
    post = next(each.id for each in all_posts() if each.name == "主事")
    kind = next(each.id for each in staff_kinds() if each.name == "正職員")
    number = course(people, ALONE, parts=(("to", f"below:{unit('0300')}"), ("only", f"post:{post}"), ("only", f"kind:{kind}"),
                                          ("without", f"person:{people['colleague'].user_id}")))
    found = {each.card.id for each in pupils(Watched(watched_for(people["steering"], number).course, None))}
    assert found == {people[who].user_id for who in ("self", "stranger", "administrator")}


def test_whoever_comes_goes_or_moves_is_counted_where_and_while_they_are(people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL, due_on=in_days(5))
    watched = Watched(watched_for(people["steering"], number).course, None)
    assert _total(number) == Tally(left=STAFF)
    leave(people["stranger"].user_id)
    new = person("新任 明", at="0311")
    transfer(people["self"].user_id, "0320", clock.today())
    follow_all()
    db.end_reading()
    assert _total(number) == Tally(left=STAFF, away=1, late=1)
    assert {node.code: tally.needed for _, node, tally in by_section(watched)}["0310"] == 3      # the head, the colleague, the new one
    due = next(due for due in dues_of(new) if due.course.id == number)
    assert (due.duty.due_on, due.duty.late) == (in_days(30), True)
    learn_alone(people["self"], number)
    come_back(people["stranger"].user_id)
    follow_all()
    db.end_reading()
    assert _total(number) == Tally(done=1, left=STAFF, late=1)


def test_a_completion_that_has_run_out_is_to_be_done_again(people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL, months=12)
    learn_alone(people["self"], number)
    for moment, said in ((datetime(2027, 6, 17, 3, 0, tzinfo=UTC), "done"), (datetime(2027, 6, 18, 3, 0, tzinfo=UTC), "left")):
        with clock.at(moment):
            assert dues_of(people["self"].user_id)[0].state == said


@pytest.mark.parametrize(("day", "months", "last"), [
    ("2026-06-18", 12, "2027-06-17"), ("2026-01-31", 1, "2026-02-27"), ("2024-02-29", 12, "2025-02-27"), ("2026-12-01", 1, "2026-12-31")])
def test_how_long_it_counts(day: str, months: int, last: str) -> None:
    assert valid_until(date.fromisoformat(day), months) == date.fromisoformat(last)


def test_those_missing_are_reminded_chosen_in_working_hours_and_not_too_often(people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL)
    learn_alone(people["colleague"], number)
    with clock.at(datetime(2026, 6, 20, 3, 0, tzinfo=UTC)), pytest.raises(Invalid, match="勤務時間"):     # a Saturday
        chase_missing(people["steering"], number)
    with clock.at(datetime(2026, 5, 5, 3, 0, tzinfo=UTC)), pytest.raises(Invalid, match="勤務時間"):      # こどもの日
        chase_missing(people["steering"], number)
    chosen = (people["self"].user_id, people["colleague"].user_id)
    assert chase_missing(people["steering"], number, None, chosen) == 1
    assert chase_missing(people["head"], number) == 1       # herself: the other of hers was reminded just now
    with pytest.raises(TooMany):
        chase_missing(people["head"], number)
    with clock.at(THIS + timedelta(hours=24)):
        assert chase_missing(people["head"], number) == 2
    for who in ("self", "stranger", "cio", "mayor"):
        with pytest.raises(Forbidden):
            chase_missing(people[who], number)
    with pytest.raises(NotFound):
        chase_missing(people["adviser"], number)


def test_who_is_reminded_reads_it_among_what_they_are_told(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL)
    chase_missing(people["steering"], number, None, (people["self"].user_id,))
    while drain():
        pass
    assert "まだの方へのお願い" in signed_in(house, people["self"]).get("/notifications").text
    assert "まだの方へのお願い" not in signed_in(house, people["colleague"]).get("/notifications").text


def test_the_keepers_excuse_and_nobody_else(people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL)
    for who in ("self", "head", "mayor"):
        with pytest.raises(Refusal):
            excuse_duty(people[who], number, people["self"].user_id, "育児休業")
    excuse_duty(people["steering"], number, people["self"].user_id, "育児休業")
    db.end_reading()
    assert _total(number) == Tally(left=STAFF - 1, excused=1)
    excuse_duty(people["steering"], number, people["self"].user_id, "")
    db.end_reading()
    assert _total(number) == Tally(left=STAFF)


def test_a_course_that_is_changed_or_retired_asks_whom_it_should(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL, due_on=in_days(5))
    with house.app.test_request_context():
        assert [each.title for each in learning_to_do(people["self"])] == ["情報の扱い"]
        assert list(learning_to_do(people["adviser"])) == []
        change_course(people["steering"], number, CourseDraft("情報の扱い", "学ぶこと", ALONE, parts=(("to", f"below:{unit('0320')}"),)))
        db.end_reading()
        assert list(learning_to_do(people["self"])) == []
        assert [each.due_at for each in learning_to_do(people["stranger"])] == [None]
        retire_course(people["steering"], number)
        db.end_reading()
        assert list(learning_to_do(people["stranger"])) == []


def test_who_sees_how_far_others_are(house: InProcess, people: dict[str, Actor]) -> None:
    """Keepers all, heads their own people, nobody else; also by the list for Excel."""
    number = course(people, ALONE, parts=ALL, owner="other_head")
    sees = {"steering": STAFF, "other_head": STAFF, "head": 3, "above": 8}
    for who, actor in people.items():
        client = signed_in(house, actor)
        page, sheet = client.get(f"/training/courses/{number}/standing?show=all"), client.get(f"/training/courses/{number}/standing.csv")
        assert (page.status_code, sheet.status_code) == ((200, 200) if who in sees else (404, 404) if who == "adviser" else (403, 403)), who
        if who in sees:
            assert len(sheet.text.splitlines()) == 1 + sees[who], who
        assert client.get("/training/section").status_code == (200 if who in {"head", "above", "other_head"} else 403), who


def test_the_pages_cost_the_same_for_few_and_for_many(house: InProcess, people: dict[str, Actor]) -> None:
    number = course(people, ALONE, parts=ALL)
    pages = ("/training", "/training/courses", f"/training/courses/{number}", f"/training/courses/{number}/standing", "/training/section")
    client = signed_in(house, people["other_head"])
    keeper = signed_in(house, people["steering"])
    def cost() -> list[int]:
        return [statements_of(partial((keeper if "standing" in page else client).get, page)) for page in pages]
    cost()
    few = cost()
    for each in range(6):
        person(f"増員 {each}", at="0321")
    for each in range(3):
        course(people, ALONE, parts=ALL, title=f"研修{each}")
    follow_all()
    cost()
    assert cost() == few
    assert max(few) <= 30


def _live(histories: list[list[str]], units: list[int], crowd: list[int]) -> None:
    """Each history as rows: somebody's with one of many courses."""
    for number in range(1, 2 + len(histories) // len(crowd)):
        db.session.add(Course(id=number, title="学ぶ", about="", way=ALONE, owner_id=crowd[0], created_at=clock.now(), changed_at=clock.now()))
    db.session.flush()
    for place, history in enumerate(histories):
        duty = Duty(course_id=1 + place // len(crowd), user_id=crowd[place % len(crowd)], unit_id=units[place % 3], since=date(2026, 4, 1),
                    due_on=date(2026, 6, 17))
        for deed in history:
            _happen(duty, deed)
        db.session.add(duty)
        ends = [date(2026, 6, 17) if deed == "out of date" else None for deed in history if deed in {"done", "out of date"}]
        db.session.add_all(Completion(user_id=duty.user_id, course_id=duty.course_id, title=f"{place} {turn}", done_on=date(2026, 5, 1),
                                      expires_on=end, source=BY_ONESELF, by_name="", at=clock.now()) for turn, end in enumerate(ends))


def _happen(duty: Duty, deed: str) -> None:
    changes: dict[str, dict[str, object]] = {
        "excused": {"excused": "休業"}, "ill": {"gone": "disabled"}, "gone": {"gone": "departed"}, "back": {"gone": "", "excused": ""},
        "late": {"late": True, "due_on": date(2026, 6, 18)}, "due later": {"due_on": None}}
    for name, value in changes.get(deed, {}).items():
        setattr(duty, name, value)


def _said(history: list[str]) -> Counter[str]:
    """One person, thought through in words: away before gone before done before excused before the date."""
    gone = next((deed for deed in reversed(history) if deed in {"ill", "gone", "back"}), "back")
    after_back = history[len(history) - 1 - history[::-1].index("back"):] if "back" in history else history
    due = next((deed for deed in reversed(history) if deed in {"late", "due later"}), "due")
    state = "away" if gone == "ill" else "out" if gone == "gone" else "done" if "done" in history else "excused" if "excused" in after_back \
        else "overdue" if due == "due" else "left"
    return Counter({state: 1, "late": int("late" in history and state in {"done", "left", "overdue"})})


def _total(number: int) -> Tally:
    db.end_reading()
    return sum(tallies([number])[number].values(), Tally())
