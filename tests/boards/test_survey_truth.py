"""What was answered is counted once, whatever happens in whatever order: rows, bars, the list for Excel and an oracle of plain dictionaries agree."""
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import inspect, text

from boards.commands.publishing import withdraw_notice
from boards.models.surveys import Reply
from boards.queries.surveys import FEWEST, results_of, units_missing
from groupware.directory.queries import posts_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, Refusal
from tests.boards.test_surveys import CHOICE, answer, crowd
from tests.boards.town import arrive, board, edit, hall, notice, sheet, the_notice, unit, waiting
from tests.conftest import InProcess
from tests.directory.town import move
from tests.files.office import browser, helper_works

SECTIONS = {"0310": "市民課", "0311": "市民課", "0312": "市民課", "0320": "税務課", "0321": "税務課"}
FOR_WHOM = ({"to_below": ["0310"]}, {"to_below": ["0300"]}, {"to_below": ["0310"], "without_below": ["0312"]})
KINDS = {"by name": {}, "by section": {"by_unit": "1"}, "without a name": {"anonymous": "1"}}
DUE = "2099-10-20"


class World:
    """A survey of one question, and what it should have in it: by whom it was answered, or, without names, only how many of each."""

    def __init__(self, kind: str, seed: int) -> None:
        self.random, self.kind, people = Random(seed), kind, hall()
        self.sender, self.staff = people["sender"], [people[key] for key in ("head", "clerk", "other", "tax")] + crowd(3)
        self.day, self.asked_for = clock.now(), dict(FOR_WHOM[0])
        self.notice_id = notice(self.sender, board(), **self._form())
        self.replies, self.box = dict[str, str](), Counter[str]()
        self.done = set[str]()                  # who, or which section, has answered what is asked now

    def step(self) -> None:
        with clock.at(self.day):
            self.random.choice((self.answer, self.answer, self.answer, self.move, self.edit))()
        with clock.at(self.day):
            arrive(self.notice_id)

    def answer(self) -> None:
        who, choice = self.random.choice(self.staff), self.random.choice("01")
        try:
            answer(who, self.notice_id, {1: choice})
        except Refusal:
            assert not self._is_asked(who) or (self.kind == "without a name" and who.name in self.done)
            return
        assert self._is_asked(who)
        self.replies[self._holder(who)] = choice
        self.box[choice] += 1
        self.done.add(self._holder(who))

    def move(self) -> None:
        self.day += timedelta(days=1)
        with clock.at(self.day):
            move(self.random.choice(self.staff).user_id, self.random.choice(list(SECTIONS)), clock.today())

    def edit(self) -> None:
        """The audience, a slip of the pen, or in substance: everybody is asked again, unless somebody has answered without a name."""
        before, self.asked_for, substance = self.asked_for, dict(self.random.choice(FOR_WHOM)), self.random.random() < 0.4
        refused = substance and self.kind == "without a name" and bool(self.box)
        try:
            edit(self.sender, self.notice_id, body=f"第{self.random.random()}版", in_substance="1" if substance else None, **self._form())
        except Invalid:
            assert refused
            self.asked_for = before
            return
        assert not refused
        if substance:
            self.done.clear()

    def check(self, house: InProcess) -> None:
        with clock.at(self.day):
            wanted = self.box if self.kind == "without a name" else Counter(self.replies.values())
            for who in self.staff:
                assert waiting(who) == (self._is_asked(who) and self._holder(who) not in self.done), who.name
            self._check_results(wanted)
            assert self._listed(house) == wanted
            if self.kind == "by section":
                seats = {self._section(who) for who in self.staff if self._is_asked(who)}
                assert set(units_missing(the_notice(self.notice_id))) == seats - self.done

    def _check_results(self, wanted: Counter[str]) -> None:
        found = results_of(the_notice(self.notice_id))
        if self.kind == "without a name":
            assert found.hidden
            with clock.at(clock.now().replace(year=2100)):
                found = results_of(the_notice(self.notice_id))
            assert bool(found.hidden) == (wanted.total() < FEWEST)
        else:
            assert db.session.query(Reply).filter(Reply.notice_id == self.notice_id).count() == wanted.total()
        assert found.answered == wanted.total()
        if found.questions and wanted:
            assert [bar.people for bar in found.questions[0].bars] == [wanted["0"], wanted["1"]]

    def _listed(self, house: InProcess) -> Counter[str]:
        """As the list says it; without names when they may be seen at all."""
        if self.kind == "without a name":
            return self.box
        body = browser(house, self.sender).get(f"/boards/notices/{self.notice_id}/answers.csv").data.decode("utf-8-sig")
        return Counter("0" if row[-1] == "する" else "1" for row in list(csv.reader(io.StringIO(body)))[1:])

    def _is_asked(self, who: Actor) -> bool:
        seat = self._seat(who)
        line = {seat, "0310" if seat.startswith("031") else "0320", "0300"}
        return bool(line & set(self.asked_for["to_below"])) and not line & set(self.asked_for.get("without_below", ()))

    def _holder(self, who: Actor) -> str:
        return self._section(who) if self.kind == "by section" else who.name

    def _section(self, who: Actor) -> str:
        return SECTIONS[self._seat(who)]

    @staticmethod
    def _seat(who: Actor) -> str:
        codes = {unit(code): code for code in SECTIONS}
        return codes[posts_of(who.user_id)[0].unit_id]

    def _form(self) -> dict[str, object]:
        return {**CHOICE, **KINDS[self.kind], "due_on": DUE, **{key: [str(unit(code)) for code in codes] for key, codes in self.asked_for.items()}}


@pytest.mark.parametrize("kind", KINDS)
def test_answers_rows_bars_and_lists_agree_for_any_order_of_events(house: InProcess, kind: str, trials: Callable[[int, int], int]) -> None:
    world = World(kind, 7)
    for _ in range(trials(14, 300)):
        world.step()
        world.check(house)
    withdraw_notice(world.sender, world.notice_id, "終わったため")
    assert all(waiting(each) == 0 for each in world.staff)


@pytest.mark.usefixtures("each_house")
def test_words_without_a_name_stand_nowhere_but_in_the_box() -> None:
    """Not in the audit, not in the jobs, not in what is told or found, in no other table at all."""
    people = hall()
    notice_id = notice(people["sender"], board(), **CHOICE, anonymous="1", q2_text="困っていること", q2_kind="words")
    answer(people["clerk"], notice_id, {1: "0", 2: "ねこのひげ"})
    helper_works()
    assert sheet(people["clerk"], notice_id).settled
    assert set(tables_with("ねこのひげ")) == {"boards_word"}


def tables_with(words: str) -> Iterator[str]:
    db.end_reading()
    connection = db.session.connection()
    for table in inspect(connection).get_table_names():
        rows = connection.execute(text(f"select * from {table}")).all()        # noqa: S608 (our own tables)
        if any(each in str(cell) for row in rows for cell in row for each in (words, ascii(words)[1:-1])):      # also as JSON may write it
            yield table
