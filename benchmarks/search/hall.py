"""A city hall's worth of invented writing, as much of it as wanted: always the same from the same number."""
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from groupware.kernel import json
from groupware.kernel.findable import Document
from groupware.kernel.ref import Ref

ROOMS, PEOPLE = 2_000, 1_500
LAST = datetime(2026, 10, 15, 9, 0, tzinfo=UTC)
WORDS = {name: words.split() for name, words in json.loads((Path(__file__).parent / "words.json").read_bytes()).items()}


def documents(many: int, seed: int = 7) -> Iterator[Document]:
    """The oldest first; nine of ten are posts, the others pages of files."""
    dice = random.Random(seed)       # noqa: S311 (the same hall every time)
    for number in range(many):
        at = LAST - timedelta(minutes=5 * (many - number))
        kind = "files.file" if number % 10 == 9 else "chat.message"
        room = min(int(dice.paretovariate(0.7)), ROOMS)
        yield Document(Ref(kind, number + 1), f"chat.room:{room}", at, _said(dice, at), author_id=dice.randint(1, PEOPLE),
                       title=f"{_thing(dice)}{number}.pdf" if kind == "files.file" else "")


def circles(many: int) -> frozenset[str]:
    """Rooms that somebody is in: the large ones first."""
    return frozenset(f"chat.room:{room}" for room in range(1, many + 1))


def _said(dice: random.Random, at: datetime) -> str:
    sentences = [dice.choice(WORDS["sections"]) + "です。" if dice.random() < 0.4 else ""]
    for _ in range(dice.randint(1, 4)):
        day = f"{at.month}月{dice.randint(1, 28)}日の" if dice.random() < 0.3 else ""
        sentences.append(day + _thing(dice) + dice.choice(WORDS["deeds"]) + "。")
    return "".join([*sentences, dice.choice(WORDS["after"])])


def _thing(dice: random.Random) -> str:
    return dice.choice(WORDS["things"])
