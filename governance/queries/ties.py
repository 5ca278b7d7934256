"""Ties, and the story of a measure in time: each thing shown only to whom its owner shows it."""
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Select, literal, select, text, union_all

from governance.models.papers import FIXED, FROZEN, PUBLISHED, Evaluation, Report, Undertaking, UndertakingMeasure
from governance.models.plan import Measure
from governance.models.ties import Tie
from governance.permissions import can_keep
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, Chip, cards_for

LOOKED_AT = 120         # things of a measure, the newest; whoever sees few of them sees the newest of those
LASTING = {"chat.room", "meetings.body", "boards.board", "teams.team"}        # belong to no moment: they stand beside the story
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
    """``kinds``: what there is, by the word for it, to choose from."""

    happenings: list[Happening]
    beside: list[Happening]
    kinds: dict[str, str]


def story_of(actor: Actor, measure: Measure, ruling: Ruling) -> Story:
    """One question for the ties, one for each kind of thing that occurs, three for what is our own."""
    ties = list(db.session.scalars(select(Tie).where(Tie.measure_id == measure.id).order_by(Tie.at.desc(), Tie.id.desc()).limit(LOOKED_AT)))
    cards = cards_for(actor, [tie.ref for tie in ties])
    theirs = [Happening(tie.at, tie.kind, WORDS.get(tie.kind) or cards[tie.ref].where.partition("・")[0], cards[tie.ref],
                        tie.id if tie.author_id == actor.user_id or can_keep(actor, None) else None) for tie in ties if tie.ref in cards]
    found = sorted([*theirs, *_own(measure, ruling)], key=lambda each: each.at, reverse=True)
    moving = [each for each in found if each.kind not in LASTING]
    return Story(moving, [each for each in theirs if each.kind in LASTING], {each.kind: each.word for each in moving})


def tie_for(_: Actor, tie_id: int) -> Tie:
    found = db.session.get(Tie, tie_id)
    if found is None:
        raise NotFound
    return found


def chips(refs: Collection[Ref]) -> Mapping[Ref, list[Chip]]:
    """M03 on whatever is tied to it. One query."""
    return {ref: [Chip(measure.code, measure.title, url_for("governance.measure", code=measure.code)) for measure in found]
            for ref, found in _measures_of(refs).items()}


def tags(refs: Collection[Ref]) -> Mapping[Ref, list[str]]:
    """measure:M03, for whoever searches with it. One query."""
    return {ref: [f"measure:{measure.code}" for measure in found] for ref, found in _measures_of(refs).items()}


def codes_of(about: Ref) -> list[str]:
    """Of what is not its own keeper of decisions: a team has a list of them, which is in the story already."""
    if about.kind in LASTING:
        return []
    own = _own_measures(about)
    if own is not None:
        return list(db.session.scalars(select(Measure.code).where(Measure.id.in_(own)).order_by(Measure.code)))
    return [measure.code for measure in _measures_of([about]).get(about, [])]


def _own_measures(about: Ref) -> Select[int] | None:
    if about.kind == Measure.kind:
        return select(Measure.id).where(Measure.id == about.id)
    if about.kind == Undertaking.kind:
        return select(UndertakingMeasure.measure_id).where(UndertakingMeasure.undertaking_id == about.id)
    paper = {kind.kind: kind for kind in (Report, Evaluation)}.get(about.kind)
    return select(paper.measure_id).where(paper.id == about.id) if paper else None


def _measures_of(refs: Collection[Ref]) -> dict[Ref, list[Measure]]:
    asked = (select(Tie.about, Measure).join(Measure, Measure.id == Tie.measure_id).where(Tie.about.in_([str(ref) for ref in refs]))
             .order_by(Measure.code))
    found: dict[Ref, list[Measure]] = {}
    for about, measure in db.session.execute(asked) if refs else ():
        found.setdefault(Ref.parse(about), []).append(measure)
    return found


@cache
def _tied() -> Any:
    """Put together once: it is asked for every page with something on it that may be tied."""
    return (select(Tie.about, Measure.code, Measure.title).join(Measure, Measure.id == Tie.measure_id)
            .where(Tie.about.in_(bindparam("refs", expanding=True))).order_by(Measure.code))


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
    return [_own_one(row, ruling) for row in db.session.execute(asked.order_by(text("at desc")).limit(LOOKED_AT))]


def _own_one(row: Any, ruling: Ruling) -> Happening:
    endpoint, of_year, ref = row.kind.partition(".")[2], f"令和{row.fiscal_year - 2018}年度", Ref(row.kind, row.id)
    url = url_for(row.kind, **{f"{endpoint}_id": row.id})
    if row.kind == Report.kind:
        said = f"{row.author_name}・{ruling.words[row.rating]}"
        return Happening(row.at, row.kind, f"{ruling.name_of(row.period)}の報告", Card(ref, row.line, url, "plan", said))
    if row.kind == Undertaking.kind:
        return Happening(row.at, row.kind, WORDS[row.kind], Card(ref, row.line, url, "plan", f"{of_year}・確定"))
    return Happening(row.at, row.kind, WORDS[row.kind], Card(ref, f"{of_year}の評価", url, "plan", "公表"))
