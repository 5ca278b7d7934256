"""The story of a measure in time, page by page, of one kind of thing or of all: each thing shown only to whom its owner shows it."""
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, and_, literal, or_, select, text, union_all

from governance.models.papers import FIXED, FROZEN, PUBLISHED, Evaluation, Report, Undertaking, UndertakingMeasure
from governance.models.plan import Measure
from governance.models.ties import LASTING, Tie
from governance.permissions import can_keep
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for

PAGE, BATCH, OWN_MOST = 20, 120, 400
WORDS = {"chat.message": "チャット", "boards.notice": "お知らせ", "meetings.sitting": "会議", "meetings.item": "会議・議題",
         "meetings.paper": "会議の資料", "meetings.entry": "会議の決定", "meetings.action": "会議の対応事項",
         Report.kind: "報告", Undertaking.kind: "年度取組", Evaluation.kind: "年度評価"}


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    kind: str
    word: str
    card: Card
    tie_id: int | None = None

    @property
    def fiscal_year(self) -> int:
        return clock.fiscal_year(self.at.astimezone(clock.JST).date())


@dataclass(frozen=True, slots=True)
class Story:
    """``happenings`` of one page, ``more`` behind it. ``kinds``: what there is, by the word for it, to choose from."""

    happenings: list[Happening]
    beside: list[Happening]
    kinds: dict[str, str]
    page: int = 1
    more: bool = False


def story_of(actor: Actor, measure: Measure, ruling: Ruling, kind: str = "", page: int = 1) -> Story:
    """As many questions as there are kinds of things, unless somebody sees little of much and it must be looked for further back."""
    newest, lasting = _ties(measure, [Tie.kind.not_in(LASTING)]), _ties(measure, [Tie.kind.in_(LASTING)])
    shown = _shown(actor, [*newest, *lasting])
    own = _own(measure, ruling)
    theirs = [each for each in shown if each.kind not in LASTING]
    kinds = {each.kind: each.word for each in [*own, *theirs]}
    if len(newest) == BATCH:
        older = _shown(actor, _ties(measure, [Tie.kind.not_in([*LASTING, *kinds])]))
        kinds |= {each.kind: each.word for each in older}
    wanted = page * PAGE + 1
    found = _walked(actor, measure, [each for each in own if kind in {"", each.kind}], kind, wanted, (newest, theirs))
    return Story(found[wanted - PAGE - 1:wanted - 1], [each for each in shown if each.kind in LASTING], kinds, page, len(found) >= wanted)


def _walked(actor: Actor, measure: Measure, own: list[Happening], kind: str, wanted: int,
            first: tuple[list[Tie], list[Happening]]) -> list[Happening]:
    """The newest first: so many, or all there are. ``first``: of all kinds the newest, looked at already."""
    found: list[Happening] = []
    known = [first] if not kind else []
    for ties, shown in chain(known, _looked_at(actor, measure, kind, first[0] if known else [])):
        found += shown
        reached = [each for each in [*found, *own] if len(ties) < BATCH or each.at >= ties[-1].at]
        if len(reached) >= wanted or len(ties) < BATCH:
            break
    return sorted([*found, *own], key=lambda each: each.at, reverse=True)


def _looked_at(actor: Actor, measure: Measure, kind: str, before: list[Tie]) -> Iterator[tuple[list[Tie], list[Happening]]]:
    """Further and further back from those ``before``."""
    which: list[ColumnElement[bool]] = [Tie.kind == kind] if kind else [Tie.kind.not_in(LASTING)]
    last = before[-1] if before else None
    while True:
        past = [or_(Tie.at < last.at, and_(Tie.at == last.at, Tie.id < last.id))] if last else []
        ties = _ties(measure, [*which, *past])
        yield ties, _shown(actor, ties)
        if not ties:
            return
        last = ties[-1]


def _ties(measure: Measure, which: Collection[ColumnElement[bool]]) -> list[Tie]:
    asked = select(Tie).where(Tie.measure_id == measure.id, *which).order_by(Tie.at.desc(), Tie.id.desc()).limit(BATCH)
    return list(db.session.scalars(asked))


def _shown(actor: Actor, ties: Collection[Tie]) -> list[Happening]:
    cards, keeps = cards_for(actor, [tie.ref for tie in ties]), can_keep(actor, None)
    return [Happening(tie.at, tie.kind, WORDS.get(tie.kind) or cards[tie.ref].where.partition("・")[0], cards[tie.ref],
                      tie.id if tie.author_id == actor.user_id or keeps else None) for tie in ties if tie.ref in cards]


def _own(measure: Measure, ruling: Ruling) -> list[Happening]:
    """What was frozen, fixed and published of it: for everybody. One question for the three kinds."""
    tied = select(UndertakingMeasure.undertaking_id).where(UndertakingMeasure.measure_id == measure.id)
    none: ColumnElement[Any] = literal("")
    asked = union_all(
        select(literal(Report.kind).label("kind"), Report.id, Report.changed_at.label("at"), Report.fiscal_year, Report.period, Report.line,
               Report.author_name, Report.rating).where(Report.measure_id == measure.id, Report.state == FROZEN),
        select(literal(Undertaking.kind), Undertaking.id, Undertaking.changed_at, Undertaking.fiscal_year, literal(0), Undertaking.title, none, none)
        .where(Undertaking.id.in_(tied), Undertaking.state == FIXED),
        select(literal(Evaluation.kind), Evaluation.id, Evaluation.changed_at, Evaluation.fiscal_year, literal(0), none, none, none)
        .where(Evaluation.measure_id == measure.id, Evaluation.state == PUBLISHED))
    return [_own_one(row, ruling) for row in db.session.execute(asked.order_by(text("at desc")).limit(OWN_MOST))]


def _own_one(row: Any, ruling: Ruling) -> Happening:
    endpoint, of_year, ref = row.kind.partition(".")[2], f"令和{row.fiscal_year - 2018}年度", Ref(row.kind, row.id)
    url = url_for(row.kind, **{f"{endpoint}_id": row.id})
    if row.kind == Report.kind:
        said = f"{row.author_name}・{ruling.words[row.rating]}"
        return Happening(row.at, row.kind, f"{ruling.name_of(row.period)}の報告", Card(ref, row.line, url, "plan", said))
    if row.kind == Undertaking.kind:
        return Happening(row.at, row.kind, WORDS[row.kind], Card(ref, row.line, url, "plan", f"{of_year}・確定"))
    return Happening(row.at, row.kind, WORDS[row.kind], Card(ref, f"{of_year}の評価", url, "plan", "公表"))
