"""Counts by unit, names and receipts say the same, whatever happens in whatever order; and they say what an oracle of plain sets says."""
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from boards.commands.publishing import withdraw_notice
from boards.queries.audience import parts_of, reach
from boards.queries.receipts import Tally, readers, standing
from groupware.directory.commands.people import disable_person, enable_person
from groupware.directory.queries import people_cards, posts_of
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Refusal
from tests.boards.town import arrive, board, confirm, edit, hall, holders, notice, open_it, sheet, unit, waiting
from tests.directory.town import actor, move, person

UNITS = ("0310", "0311", "0312", "0320", "0321")
AUDIENCES = (
    {"to_below": ["0310"]}, {"to_below": ["0300"]}, {"to_all": "1"}, {"to_below": ["0300"], "without_below": ["0312"]},
    {"to_below": ["0321", "0311"]})


class World:
    """What should be true, kept as plain sets beside what is done."""

    def __init__(self, seed: int) -> None:
        self.random, people = Random(seed), hall()
        self.sender = people["sender"]
        self.staff = [each for key, each in people.items() if key != "sender"] + [actor(person(f"職員 {n}", at="0311")) for n in range(3)]
        self.day, self.stopped = clock.now(), set[int]()
        self.audience: dict[str, object] = dict(AUDIENCES[0])
        self.notice_id = notice(self.sender, board(), **self._form(self.audience))
        self.opened, self.confirmed = set[int](), set[int]()

    def step(self) -> None:
        with clock.at(self.day):
            self.random.choice((self.transfer, self.open, self.confirm, self.edit, self.stop, self.open, self.confirm))()
        with clock.at(self.day):
            arrive(self.notice_id)

    def transfer(self) -> None:
        self.day += timedelta(days=1)
        with clock.at(self.day):
            move(self._somebody().user_id, self.random.choice(UNITS), clock.today())

    def open(self) -> None:
        who = self._somebody()
        if self._try(lambda: open_it(who, self.notice_id)) and who.user_id in holders(self.notice_id):
            self.opened.add(who.user_id)

    def confirm(self) -> None:
        who = self._somebody()
        if self._try(lambda: confirm(who, self.notice_id)):
            self.confirmed.add(who.user_id)
            self.opened.add(who.user_id)

    def edit(self) -> None:
        substance = self.random.random() < 0.3
        self.audience = dict(self.random.choice(AUDIENCES))
        more = {"in_substance": "1"} if substance else {}
        edit(self.sender, self.notice_id, body=f"第{self.random.random()}版", **more, **self._form(self.audience))
        if substance:
            self.confirmed.clear()

    def stop(self) -> None:
        who = self._somebody().user_id
        if who in self.stopped:
            enable_person(SYSTEM, who)
        else:
            disable_person(SYSTEM, who)
        self.stopped ^= {who}

    def meant(self) -> set[int]:
        """By the plain meaning of the words: each person's own line of units, walked up."""
        lines = {each.user_id: self._line(each.user_id) for each in [self.sender, *self.staff]}
        asked = set(self.audience.get("to_below", ()))          # type: ignore[call-overload]
        without = set(self.audience.get("without_below", ()))   # type: ignore[call-overload]
        return {who for who, line in lines.items() if who not in self.stopped and ("to_all" in self.audience or line & asked) and not line & without}

    def check(self) -> None:
        with clock.at(self.day):
            found, tree = sheet(self.sender, self.notice_id), standing(sheet(self.sender, self.notice_id)).total
            names, meant = readers(found), self.meant()
            assert {each.card.id for each in names} == holders(self.notice_id) == meant
            assert {card.id for _, cards in reach(parts_of(self.notice_id)).sections for card in cards} == meant
            states = Counter(each.state for each in names)
            assert (tree.done, tree.opened, tree.unread) == (states["done"], states["opened"], states["unread"])
            assert states["done"] == len(self.confirmed & meant)
            assert states["done"] + states["opened"] == len(self.opened & meant)
            seats = {who: places[0].unit_id for who in meant if (places := posts_of(who))}
            assert own_counts(tree) == Counter(seats.values())
            for each in self.staff:
                assert waiting(each) == (each.user_id in meant - self.confirmed), each.name

    def _somebody(self) -> Actor:
        return self.random.choice(self.staff)

    def _line(self, user_id: int) -> set[str]:
        above = {"0311": "0310", "0312": "0310", "0310": "0300", "0320": "0300", "0321": "0320", "0300": "0000"}
        codes = {unit(code): code for code in above}
        line = [codes[place.unit_id] for place in posts_of(user_id)]
        while line and line[-1] in above:
            line.append(above[line[-1]])
        return set(line)

    @staticmethod
    def _form(audience: dict[str, object]) -> dict[str, object]:
        chosen = {key: [str(unit(code)) for code in value] if isinstance(value, list) else value for key, value in audience.items()}
        return {"to_below": None, **chosen}

    @staticmethod
    def _try(act: Callable[[], None]) -> bool:
        try:
            act()
        except Refusal:
            return False
        return True


def own_counts(tally: Tally) -> Counter[int]:
    """People by the unit they sit in, out of the tree."""
    found = Counter({tally.id: tally.own}) if tally.own else Counter()
    for below in tally.below:
        found += own_counts(below)
    return found


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.usefixtures("house")
def test_counts_names_receipts_and_the_oracle_agree_for_any_order_of_events(seed: int, trials: Callable[[int, int], int]) -> None:
    world = World(seed)
    for _ in range(trials(16, 400)):
        world.step()
        world.check()
    assert people_cards(holders(world.notice_id))
    withdraw_notice(world.sender, world.notice_id, "終わったため")
    assert all(waiting(each) == 0 for each in world.staff)
