"""What every engine does: one suite for both. Nobody may be able to tell them apart."""
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from groupware.kernel import json
from groupware.kernel.findable import Document
from groupware.kernel.ref import Ref
from groupware.search.engines import postgres_engine
from groupware.search.engines.engine import COUNTED, Away
from groupware.search.engines.gathering import mark_of
from groupware.search.engines.whoosh_engine import WhooshEngine
from groupware.search.entries import Entry, microseconds
from groupware.search.query import SORTS
from tests.search.pairs import ALIKE, UNLIKE
from tests.search.shelf import FILE, HERE, KINDS, MESSAGE, NOON, THERE, Shelf, engine_of


def test_words_are_judged_as_their_terms_judge_them(shelf: Shelf) -> None:
    """Each pair of ``test_analysis`` in a circle of its own."""
    pairs = [*ALIKE, *UNLIKE]
    refs = [shelf.say(text, f"chat.room:{number}") for number, (_, text) in enumerate(pairs)]
    found = [shelf.found(word, allowed=(f"chat.room:{number}",)) for number, (word, _) in enumerate(pairs)]
    assert found == [[ref] if pair in ALIKE else [] for ref, pair in zip(refs, pairs, strict=True)]


def test_all_words_must_be_there_one_of_each_group_and_none_of_the_others(shelf: Shelf) -> None:
    both, one, other = shelf.say("予算の会議"), shelf.say("決算の会議"), shelf.say("予算の見直し")
    assert shelf.found("会議", "予算") == [both]
    assert shelf.found(["予算", "決算"]) == [other, one, both]
    assert shelf.found(["予算", "決算"], "会議") == [one, both]
    assert shelf.found("会議", none=["決算"]) == [both]
    assert shelf.found("会議", none=["決算の会"]) == [both]


def test_labels_say_who_wrote_and_what_hangs_on_it(shelf: Shelf) -> None:
    mine, _ = shelf.say("会議", author_id=7, labels=("has:file",)), shelf.say("会議", author_id=8)
    assert shelf.found("会議", "from:7") == [mine] == shelf.found("has:file") == shelf.found("会議", none=["from:8"])
    assert shelf.found("from:70") == []


def test_nobody_finds_counts_or_pages_through_what_is_not_allowed(shelf: Shelf) -> None:
    secret = shelf.say("極秘の予算", THERE)
    assert shelf.ask("予算").hits == ()
    assert shelf.ask("予算").counts == dict.fromkeys(KINDS, 0)
    assert shelf.ask("予算", allowed=()).hits == ()
    assert shelf.found("予算", allowed=(THERE,)) == [secret] == shelf.found("予算", allowed=(HERE, THERE))
    assert shelf.found("予算", allowed=("chat.room:11", "chat.room:20", "files.file:2")) == []


def test_the_newest_come_first_twenty_at_a_time_and_none_twice(shelf: Shelf) -> None:
    said = [shelf.say(f"会議その{number}") for number in range(45)]
    first = shelf.ask("会議")
    second = shelf.ask("会議", after=first.after)
    third = shelf.ask("会議", after=second.after)
    assert [hit.ref for page in (first, second, third) for hit in page.hits] == said[::-1]
    assert (len(first.hits), len(second.hits), len(third.hits), third.after) == (20, 20, 5, "")


def test_what_lies_behind_the_newest_is_found_as_well(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever PostgreSQL stops looking one by one, be it between two pages of a file."""
    for number in range(1, 31):
        ref, at = Ref(FILE, number), NOON + timedelta(minutes=number // 2)
        shelf.put(*(Document(ref, HERE, at, f"会議の頁{part}" if number % 3 else "空", part=part) for part in (1, 2, 3)))
    wanted = [Ref(FILE, number) for number in range(30, 0, -1) if number % 3]
    for window in (1, 5, 44, 90, 91):
        monkeypatch.setattr(postgres_engine, "WINDOW", window)
        page = shelf.ask("会議", limit=50)
        assert [(hit.ref, hit.parts) for hit in page.hits] == [(ref, (1, 2, 3)) for ref in wanted]
        assert page.counts[FILE] == 20


def test_more_of_the_newest_than_are_fetched_at_a_time_are_found_as_well(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    said = [shelf.say(f"会議その{number}", at=NOON + timedelta(minutes=number // 2), number=100 + number) for number in range(12)]
    for batch in (1, 5, 11, 12, 13):
        monkeypatch.setattr(postgres_engine, "BATCH", batch)
        assert [hit.ref for hit in shelf.ask("会議").hits] == said[::-1]


def test_what_was_said_at_one_moment_is_paged_as_well(shelf: Shelf) -> None:
    said = [shelf.say(f"会議その{number}", at=NOON, kind=KINDS[number % 2], number=100 + number) for number in range(30)]
    first = shelf.ask("会議", limit=7)
    pages = [first]
    while pages[-1].after:
        pages.append(shelf.ask("会議", limit=7, after=pages[-1].after))
    got = [hit.ref for page in pages for hit in page.hits]
    assert sorted(map(str, got)) == sorted(map(str, said))
    assert len(pages) == 5


def test_kinds_are_counted_whichever_is_chosen_and_many_are_only_many(shelf: Shelf) -> None:
    shelf.put(*(Document(Ref(MESSAGE, number), HERE, NOON, "会議の記録") for number in range(1, COUNTED + 30)))
    file = shelf.say("会議の資料", kind=FILE, number=1)
    page = shelf.ask("会議", chosen=(FILE,))
    assert [hit.ref for hit in page.hits] == [file]
    assert page.counts == {FILE: 1, MESSAGE: COUNTED + 1}
    assert shelf.ask("会議の記録").counts == {FILE: 0, MESSAGE: COUNTED + 1}


def test_the_pages_of_a_file_are_one_hit(shelf: Shelf) -> None:
    ref = Ref(FILE, 5)
    shelf.put(*(Document(ref, HERE, NOON, f"議会答弁の{number}" if number != 2 else "白い頁", part=number) for number in (1, 2, 3)))
    page = shelf.ask("議会答弁")
    assert [(hit.ref, hit.parts) for hit in page.hits] == [(ref, (1, 3))]
    assert page.counts[FILE] == 1


def test_the_best_is_what_says_it_in_its_title_as_a_word_and_often(shelf: Shelf) -> None:
    part = shelf.say("先日の件で、庁内のデータセンターが話題になりました")
    often = shelf.say("データについて。データはデータ。")
    titled = shelf.say("別紙のとおり", title="データ")
    assert shelf.found("データ", sort="best") == [titled, often, part]
    first = shelf.ask("データ", sort="best", limit=2)
    assert [hit.ref for hit in shelf.ask("データ", sort="best", limit=2, after=first.after).hits] == [part]


def test_a_span_of_time_holds_its_beginning_and_not_its_end(shelf: Shelf) -> None:
    said = [shelf.say("会議", at=NOON + timedelta(hours=hour)) for hour in range(4)]
    since, until = microseconds(NOON + timedelta(hours=1)), microseconds(NOON + timedelta(hours=3))
    assert shelf.found("会議", since=since, until=until) == [said[2], said[1]]
    assert shelf.found(since=since) == [said[3], said[2], said[1]]


def test_what_is_put_again_takes_the_place_of_what_was_there(shelf: Shelf) -> None:
    ref = shelf.say("古い予算")
    shelf.put(Document(ref, HERE, NOON, "新しい決算"))
    assert shelf.found("予算") == []
    assert shelf.found("決算") == [ref]
    shelf.put(Document(ref, THERE, NOON, "新しい決算"))
    assert shelf.found("決算") == []
    assert shelf.engine.count() == 1


def test_what_is_gone_is_not_found_and_being_gone_twice_does_no_harm(shelf: Shelf) -> None:
    ref, stays = shelf.say("会議"), shelf.say("会議")
    shelf.remove(ref)
    shelf.remove(ref, Ref(MESSAGE, 999))
    assert shelf.found("会議") == [stays]
    assert [each for each, _, _ in shelf.engine.versions()] == [stays]


def test_a_thing_with_fewer_pages_loses_the_others(shelf: Shelf) -> None:
    ref = Ref(FILE, 5)
    shelf.put(*(Document(ref, HERE, NOON, "頁", part=number) for number in (1, 2, 3)))
    shelf.put(Document(ref, HERE, NOON, "頁", part=1))
    assert [part for _, part, _ in shelf.engine.versions()] == [1]


def test_the_version_changes_with_anything_that_is_found_or_hidden_by_it(shelf: Shelf) -> None:
    seen = set()
    first = Document(Ref(MESSAGE, 1), HERE, NOON, "a")
    changes: list[dict[str, Any]] = [{}, {"body": "b"}, {"title": "b"}, {"audience": THERE}, {"labels": ("has:file",)}, {"author_id": 1}]
    for change in changes:
        shelf.put(replace(first, **change))
        seen |= {version for _, _, version in shelf.engine.versions()}
    assert len(seen) == len(changes)


def test_a_failed_put_changes_nothing_and_the_next_one_works(shelf: Shelf) -> None:
    ref = shelf.say("会議")

    def unreadable(_: object) -> Entry:
        raise RuntimeError("in the middle")
    with pytest.raises(RuntimeError):
        shelf.engine.put(map(unreadable, "ab"), [ref])
    assert shelf.found("会議") == [ref]
    later = shelf.say("会議")
    assert shelf.found("会議") == [later, ref]


def test_the_new_index_is_built_beside_the_old_one_and_takes_its_place_at_once(shelf: Shelf) -> None:
    old = shelf.say("会議")
    new = shelf.engine.beside()
    fresh = Shelf(new)
    fresh.number = 50
    kept = fresh.say("会議")
    assert shelf.found("会議") == [old]
    shelf.engine.give_way(new)
    assert shelf.found("会議") == [kept]
    assert shelf.engine.count() == 1


def test_many_small_changes_stay_whole(shelf: Shelf) -> None:
    for number in range(1, 61):
        shelf.put(Document(Ref(MESSAGE, number % 25), HERE, NOON + timedelta(minutes=number), f"会議その{number}"))
        if number % 7 == 0:
            shelf.engine.tidy(10_000)
    assert shelf.engine.count() == 25
    assert shelf.found("会議その60") == [Ref(MESSAGE, 10)]
    assert shelf.found("会議その10") == []


def test_no_more_is_written_again_than_may_be_while_somebody_waits(house: Any) -> None:
    engine = WhooshEngine(house.config.data / "search")
    engine.give_way(engine.beside())
    shelf = Shelf(engine)
    for number in range(12):
        shelf.put(*(Document(Ref(MESSAGE, number * 200 + each), HERE, NOON, "会議") for each in range(1, 151)))
    assert len(engine._look()) == 12
    engine.tidy(10_000)
    assert len(engine._look()) < 12
    assert engine.count() == 12 * 150
    engine.close()


def test_nothing_there_yet_is_said_and_not_mistaken_for_nothing_found(each_house: Any) -> None:
    engine = engine_of(each_house)
    with pytest.raises(Away):
        Shelf(engine).ask("会議")
    with pytest.raises(Away):
        Shelf(engine).say("会議")


HOSTILE = ["*", "'", "''", "\\", "\\'",
           "a' | 'b", "!", "(", "&", ":*", "a:*", "\x00a", "\ud800", "%", "_", "a\nb", "🎉", "x" * 5_000, "あ" * 3_000, "𠮷", "<->"]


def test_hostile_words_find_nothing_they_should_not(shelf: Shelf) -> None:
    shelf.say("秘密の会議", THERE)
    shelf.say("ふつうの会議")
    assert [shelf.found(word) for word in HOSTILE] == [[]] * len(HOSTILE)
    assert [shelf.found("会議", none=[word]) for word in HOSTILE] == [[Ref(MESSAGE, 2)]] * len(HOSTILE)


@pytest.mark.parametrize("after", ["x", "1", "1 chat.message:x", "9" * 5_000, "-1 : ", "¹ chat.message:1", "1 chat.message:" + "9" * 70])
def test_a_strange_mark_begins_anew_or_ends(after: str) -> None:
    mark = mark_of(after)
    assert mark is None or mark[0] <= 0


SECRETS = 500
QUESTIONS = ("予算", "会議", "補正予算案", "税", "dx", "サーバ", "令和8年4月1日", "見直し", "窓口", "申込", "会議室", "議", "mygov",
             "ごみ", "庁内", "人事異動", "の", "です", "入札", "第3回")


def test_results_are_the_same_to_the_byte_with_and_without_secrets(shelf: Shelf) -> None:
    """500 documents of another circle, 20 questions, both orders, page by page."""
    words = [*QUESTIONS, *(text for _, text in ALIKE)]
    texts = ["。".join(words[number % 7::7]) + "の件です" for number in range(80)]
    shelf.put(*(Document(Ref(MESSAGE, number + 1), HERE, NOON + timedelta(minutes=number), text) for number, text in enumerate(texts)))
    before = _answers(shelf)
    secrets = (Document(Ref(KINDS[number % 2], 1_000 + number), THERE, NOON + timedelta(minutes=number % 90), texts[number % 80] * 3,
                        title="予算会議") for number in range(SECRETS))
    shelf.put(*secrets)
    assert _answers(shelf) == before
    assert shelf.ask("予算", allowed=(THERE,)).hits


def _answers(shelf: Shelf) -> bytes:
    answers = []
    for word in QUESTIONS:
        for sort in SORTS:
            first = shelf.ask(word, sort=sort)
            answers += [first.as_dict(), shelf.ask(word, sort=sort, after=first.after).as_dict() if first.after else None]
    return json.dumps(answers).encode()
