"""What the pieces mean to whoever asks. What cannot be resolved finds nothing and says why: a condition is never left out."""
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time

from groupware.directory.queries.finding import people_named
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.house import house
from groupware.search.analysis import folded, runs
from groupware.search.days import Span, date_token, span
from groupware.search.entries import microseconds
from groupware.search.language import pieces as language
from groupware.search.language.pieces import JAPANESE, Piece
from groupware.search.language.variants import variants
from groupware.search.query import Query

MYSELF = {"自分", "わたし", "私", "me"}
MOST_PEOPLE = 50
HAS = {"has:file": ("ファイル", "添付", "資料", "file"), "has:link": ("リンク", "url", "link"), "has:picture": ("画像", "写真", "図", "picture")}
_MEASURE = re.compile(r"m?0?([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Asked:
    """``circles`` and ``outside``: the places it is narrowed to and those left out. With ``troubles`` nothing is found."""

    query: Query
    circles: frozenset[str] | None = None
    outside: frozenset[str] = frozenset()
    kinds: frozenset[str] | None = None
    troubles: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.query == Query() and self.circles is None and self.kinds is None and not self.troubles and not self.outside


def meaning(actor: Actor, found: list[Piece]) -> Asked:
    """Raises nothing: whatever is odd becomes a trouble."""
    reading = _Reading(actor)
    for piece in found:
        reading.take(piece)
    return reading.asked()


@dataclass
class _Reading:
    """Gathers the conditions; the same one said twice means either."""

    actor: Actor
    words: list[list[str]] = field(default_factory=list)
    labels: dict[str, list[str]] = field(default_factory=dict)
    none: list[str] = field(default_factory=list)
    circles: list[str] | None = None
    outside: list[str] = field(default_factory=list)
    kinds: list[str] | None = None
    other_kinds: list[str] = field(default_factory=list)
    spans: list[tuple[str, Span]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def take(self, piece: Piece) -> None:
        if not piece.name:
            self._word(piece)
        elif not piece.value.strip():
            self.troubles.append(f"「{JAPANESE[piece.name]}:」のあとに言葉を続けてください。")
        else:
            _CONDITIONS[piece.name](self, piece)

    def asked(self) -> Asked:
        every = tuple(tuple(group) for group in (*self.words, *self.labels.values()))
        since, until = self._times()
        if self.none and not every and since is None and until is None and self.circles is None and self.kinds is None:
            self.troubles.append("除く言葉だけではさがせません。さがす言葉を足してください。")
        return Asked(Query(every, tuple(self.none), since, until), None if self.circles is None else frozenset(self.circles),
                     frozenset(self.outside), self._kinds(), tuple(self.troubles))

    def _word(self, piece: Piece) -> None:
        text = folded(piece.value)
        if not any(runs(text)):
            self.troubles.append(f"「{piece.value}」は記号だけなのでさがせません。")
            return
        named = date_token(text)
        ways = [text] if piece.literal else [*variants(text), *([named] if named else [])]
        if piece.unwanted:
            self.none += ways
        elif piece.either and self.words:
            self.words[-1] += ways
        else:
            self.words.append(ways)

    def sender(self, piece: Piece) -> None:
        ids = [self.actor.user_id] if piece.value.casefold() in MYSELF else people_named(self.actor, piece.value, MOST_PEOPLE + 1)
        if not ids:
            self.troubles.append(f"「{piece.value}」という職員は見つかりません。名字やかなでもさがせます。")
        elif len(ids) > MOST_PEOPLE:
            self.troubles.append(f"「{piece.value}」に当てはまる職員が多すぎます。姓と名を続けて書いてください。")
        self._label(piece, [f"from:{user_id}" for user_id in ids])

    def place(self, piece: Piece) -> None:
        found = [circle for feature in house.features if feature.places for circle in feature.places(self.actor, piece.value)]
        if not found:
            self.troubles.append(f"「{piece.value}」という場所は見つかりません。部屋の名前の一部でさがせます。")
        if piece.unwanted:
            self.outside += found
        else:
            self.circles = [*(self.circles or []), *found]

    def kind(self, piece: Piece) -> None:
        found = [kind for kind, findable in house.findables.items() if folded(piece.value) in map(folded, findable.words)]
        if not found:
            known = "、".join(findable.words[0] for findable in house.findables.values())
            self.troubles.append(f"「{piece.value}」という種類はありません。{known} から選べます。")
        if piece.unwanted:
            self.other_kinds += found
        else:
            self.kinds = [*(self.kinds or []), *found]

    def carries(self, piece: Piece) -> None:
        label = next((label for label, words in HAS.items() if folded(piece.value) in map(folded, words)), None)
        if label is None:
            self.troubles.append(f"「付き:{piece.value}」は分かりません。ファイル、画像、リンクから選べます。")
        self._label(piece, [label] if label else [])

    def measure(self, piece: Piece) -> None:
        match = _MEASURE.fullmatch(folded(piece.value))
        if match is None:
            self.troubles.append(f"施策は 施策:M07 のように書いてください（「{piece.value}」は分かりません）。")
        self._label(piece, [f"measure:M{int(match[1]):02}"] if match else [])

    def day(self, piece: Piece) -> None:
        meant = span(folded(piece.value), clock.today())
        if meant is None:
            self.troubles.append(f"「{piece.value}」を日付として読めません。令和8年4月1日、R8.4.1、2026/4/1、先週、今年度 のように書けます。")
        elif piece.unwanted:
            self.troubles.append("日付の条件は除けません。以前: と 以後: をお使いください。")
        else:
            self.spans.append((piece.name, meant))

    def _label(self, piece: Piece, labels: list[str]) -> None:
        if piece.unwanted:
            self.none += labels
        else:
            self.labels.setdefault(piece.name, []).extend(labels)

    def _kinds(self) -> frozenset[str] | None:
        if self.kinds is None and not self.other_kinds:
            return None
        return frozenset(house.findables if self.kinds is None else self.kinds) - frozenset(self.other_kinds)

    def _times(self) -> tuple[int | None, int | None]:
        """以前 and 以後 hold the day itself, as in the law."""
        since = [meant[0] for name, meant in self.spans if name in {language.AFTER, language.ON}]
        until = [meant[1] for name, meant in self.spans if name in {language.BEFORE, language.ON}]
        return _midnight(max(since, default=None)), _midnight(min(until, default=None))


def _midnight(day: date | None) -> int | None:
    return microseconds(datetime.combine(day, time(), clock.JST)) if day else None


_CONDITIONS = {
    language.FROM: _Reading.sender, language.IN: _Reading.place, language.KIND: _Reading.kind, language.HAS: _Reading.carries,
    language.MEASURE: _Reading.measure, language.BEFORE: _Reading.day, language.AFTER: _Reading.day, language.ON: _Reading.day}
