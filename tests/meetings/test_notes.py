"""What somebody writes on a paper for themselves: theirs alone, kept once, and on its page whatever becomes of the file."""
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update

from groupware.files.models import DONE, Deck, Page
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound
from meetings.anchors import CHANGED, follow, is_same
from meetings.commands.items import change_item
from meetings.commands.papers import replace_paper
from meetings.note_draft import NotesDraft
from meetings.noting import keep_notes, notes_on
from meetings.queries.items import leaf_for, versions_of
from tests.meetings.town import TUESDAY, body, called, hall, item, item_draft, papers, sitting, upload

STROKE = {"points": [0.1, 0.2, 0.3, 0.4], "colour": "blue"}
WRONG: tuple[dict[str, Any], ...] = (
    {"key": "x"}, {"page": 0}, {"page": 2_001}, {"kind": "shout"}, {"body": None}, {"body": {"points": [0.1]}}, {"body": {"points": ["a", 1]}},
    {"body": {"points": [float("nan"), 0.1]}}, {"revision": 0}, {"file": "nobody-has-this-file"}, {"body": {"points": [0.1, 0.2] * 2_001}},
    {"kind": "text", "body": {"x": 0, "y": 0, "text": "　"}}, {"kind": "text", "body": {"x": 0, "y": 0, "text": "長" * 1_001}})


class Paper:
    """A paper in a called sitting, whose pages are what the test says."""

    def __init__(self, *pages: str, level: str = "staff") -> None:
        self.people, self.count = hall(), 0
        self.secretary = self.people["secretary"]
        sitting_id = sitting(self.people, body(self.people))
        self.item_id = item(self.secretary, sitting_id, level=level)
        self.id = papers(self.secretary, self.item_id, "資料.pdf")[0]
        called(self.people, sitting_id)
        self.pages: dict[str, tuple[str, ...]] = {}
        self.read(pages)

    @property
    def file(self) -> Any:
        db.end_reading()
        return versions_of(leaf_for(self.secretary, self.id).paper)[0][1]

    def read(self, pages: tuple[str, ...]) -> None:
        """As the helper would have."""
        file = self.file
        self.pages[file.id] = pages
        rows = [{"sha256": file.sha256, "number": number, "width": 595, "height": 842, "state": "drawn", "text": page, "fingerprint": mark(page)}
                for number, page in enumerate(pages, 1)]
        db.write(lambda: (db.unit().connection.execute(update(Deck).where(Deck.sha256 == file.sha256).values(state=DONE, count=len(pages))),
                          db.unit().connection.execute(insert(Page.__table__), rows)))       # type: ignore[arg-type]
        db.end_reading()

    def replace(self, *pages: str) -> None:
        self.count += 1
        replace_paper(self.secretary, self.id, upload(self.secretary, f"{self.count}.pdf")[0], self.count)
        self.read(pages)

    def write(self, who: Actor, key: str = "note-0001", page: int = 1, **more: Any) -> list[str]:
        said = {"key": key, "file": self.file.id, "page": page, "kind": "pen", "body": STROKE, "revision": 1, "gone": False, **more}
        kept: list[str] = keep_notes(who, self.id, NotesDraft.parse({"notes": [said]}))
        db.end_reading()
        return kept

    def seen(self, who: Actor) -> dict[str, Any]:
        db.end_reading()
        found: dict[str, Any] = notes_on(who, self.id)
        return found


def mark(page: str) -> str:
    return f"{page}:{0:064x}"


@pytest.mark.usefixtures("house")
def test_a_note_is_seen_by_its_author_and_by_nobody_else() -> None:
    with clock.at(TUESDAY):
        paper = Paper("目的", "予算")
        assert paper.write(paper.people["member"], "note-0001", 2) == ["note-0001"]
        mine = paper.seen(paper.people["member"])["notes"]
        assert [(note["key"], note["on"], note["body"]) for note in mine] == [("note-0001", 2, STROKE)]
        for name in ("chair", "secretary", "observer", "administrator"):
            assert paper.seen(paper.people[name])["notes"] == []
        with pytest.raises(NotFound):
            paper.seen(paper.people["outsider"])


@pytest.mark.usefixtures("house")
def test_who_reads_no_more_writes_no_more_and_finds_the_notes_again_when_it_is_open_again() -> None:
    with clock.at(TUESDAY):
        paper = Paper("目的")
        observer = paper.people["observer"]
        paper.write(observer, "note-0001", 1)
        change_item(paper.secretary, paper.item_id, item_draft(level="secret", version=1))
        with pytest.raises(NotFound):
            paper.write(observer, "note-0002", 1)
        with pytest.raises(NotFound):
            paper.seen(observer)
        change_item(paper.secretary, paper.item_id, item_draft(version=2))
        assert len(paper.seen(observer)["notes"]) == 1


@pytest.mark.usefixtures("house")
def test_the_same_sent_twice_is_one_an_older_one_changes_nothing_and_what_is_taken_away_comes_back() -> None:
    with clock.at(TUESDAY):
        paper = Paper("目的")
        who = paper.people["member"]
        words = {"kind": "text", "body": {"x": 0.5, "y": 0.5, "text": "あとで聞く", "colour": "red"}}
        for _ in range(2):
            paper.write(who, "note-0001", 1, **words)
        paper.write(who, "note-0001", 1, revision=3, **words | {"body": {**words["body"], "text": "聞いた"}})       # type: ignore[dict-item]
        paper.write(who, "note-0001", 1, revision=2, **words)
        assert [note["body"]["text"] for note in paper.seen(who)["notes"]] == ["聞いた"]
        paper.write(who, "note-0001", 1, revision=4, gone=True, **words)
        assert paper.seen(who)["notes"] == []
        paper.write(who, "note-0001", 1, revision=5, **words)
        assert len(paper.seen(who)["notes"]) == 1


@pytest.mark.usefixtures("house")
def test_what_cannot_be_read_is_refused_in_a_sentence_and_nothing_is_kept() -> None:
    with clock.at(TUESDAY):
        paper = Paper("目的")
        for wrong in WRONG:
            with pytest.raises(Invalid):
                paper.write(paper.people["member"], **wrong)
        assert paper.seen(paper.people["member"])["notes"] == []


@pytest.mark.usefixtures("house")
def test_notes_go_with_their_page_and_stay_beside_the_page_that_took_its_place() -> None:
    with clock.at(TUESDAY):
        paper = Paper("目的", "予算", "日程")
        who, old = paper.people["member"], paper.file
        for page in (1, 2, 3):
            paper.write(who, f"note-000{page}", page)
        paper.replace("表紙", "目的", "予算 訂正", "日程")
        seen = paper.seen(who)
        assert [(note["on"], note["beside"]) for note in seen["notes"]] == [(2, 2), (0, 3), (4, 4)]
        assert [(page["file"], page["page"], page["beside"], page["version"]) for page in seen["old"]] == [(old.id, 2, 3, 1)]
        paper.replace("目的", "予算", "日程")       # the correction is taken back
        assert [note["on"] for note in paper.seen(who)["notes"]] == [1, 2, 3]


@pytest.mark.usefixtures("house")
def test_no_note_disappears_for_any_sequence_of_replaced_files(trials: Callable[[int, int], int]) -> None:
    with clock.at(TUESDAY):
        paper = Paper("一", "二", "三")
        who, dice, alive = paper.people["member"], Random(7), dict[str, str]()
        for number in range(trials(40, 1_000)):
            if dice.random() < 0.5:
                pages = paper.pages[paper.file.id]
                page = dice.randint(1, len(pages))
                paper.write(who, f"note-{number:04}", page)
                alive[f"note-{number:04}"] = pages[page - 1]
            else:
                paper.replace(*dice.choices("一二三四五六白白", k=dice.randint(1, 8)))
                look(paper, who, alive)
        look(paper, who, alive)


def look(paper: Paper, who: Actor, alive: dict[str, str]) -> None:
    """Each is there once: on a page that says what it was written on, or on the kept page beside one of today."""
    seen, now = paper.seen(who), paper.pages[paper.file.id]
    assert sorted(note["key"] for note in seen["notes"]) == sorted(alive)
    kept = {(page["file"], page["page"]): page["beside"] for page in seen["old"]}
    for note in seen["notes"]:
        if note["on"]:
            assert now[note["on"] - 1] == alive[note["key"]]
        else:
            assert alive[note["key"]] not in now
            assert paper.pages[note["file"]][note["page"] - 1] == alive[note["key"]]
            assert 1 <= kept[note["file"], note["page"]] <= len(now)


@given(st.lists(st.sampled_from("abcde"), max_size=12), st.lists(st.sampled_from("abcde"), min_size=1, max_size=12))
def test_every_page_has_a_place_in_every_later_file(old: list[str], new: list[str]) -> None:
    ways = follow([mark(page) for page in old], [mark(page) for page in new])
    assert len(ways) == len(old)
    for page, way in zip(old, ways, strict=True):
        assert 1 <= way.page <= len(new)
        assert (way.how == CHANGED) == (page not in new)
        assert way.how == CHANGED or new[way.page - 1] == page


def test_pages_that_could_not_be_read_are_like_no_other_and_small_differences_of_the_picture_are_none() -> None:
    assert not is_same("", "")
    assert is_same(f"a:{0:064x}", f"a:{0xff:064x}")
    assert not is_same(f"a:{0:064x}", f"a:{0x1ff:064x}")
    assert not is_same(f"a:{0:064x}", f"b:{0:064x}")
