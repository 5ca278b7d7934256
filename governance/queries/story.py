"""The story of a measure in time, page by page, of one kind of thing or of all: each thing shown only to whom its owner shows it."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from flask import url_for
from sqlalchemy import BindParameter, ColumnElement, bindparam, literal, select, text, union_all

from governance.models.papers import FIXED, FROZEN, PUBLISHED, Evaluation, Report, Undertaking, UndertakingMeasure
from governance.models.plan import Measure
from governance.models.ties import LASTING
from governance.permissions import can_keep
from governance.queries.telling import Teller, Tied
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card

PAGE, OWN_MOST = 20, 400
WORDS = {"chat.message": "チャット", "boards.notice": "お知らせ", "meetings.sitting": "会議", "meetings.item": "会議・議題",
         "meetings.paper": "会議の資料", "meetings.entry": "会議の決定", "meetings.action": "会議の対応事項", "teams.task": "タスク",
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
    beside: list[Card]
    kinds: dict[str, str]
    page: int = 1
    more: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Of the story, before it is written out; then None where its owner does not show it after all."""

    at: datetime
    ref: Ref
    write: Callable[[], Happening | None]
    tied: bool = True


def story_of(actor: Actor, measure: Measure, ruling: Ruling, kind: str = "", page: int = 1) -> Story:
    """As many questions as there are kinds of things, and a few, however far back the page is and however little somebody sees."""
    own, teller, wanted = _own(measure, ruling), Teller(actor, measure), page * PAGE + 1
    told = [line for line in own if kind in {"", line.ref.kind}]
    tied = [Line(each.at, each.ref, partial(_tied_one, teller, each)) for each in teller.back(kind, wanted, [line.at for line in told])]
    found = sorted([*told, *tied], key=lambda line: line.at, reverse=True)
    here = found[wanted - PAGE - 1:wanted - 1]
    first = {ref.kind: ref for ref in reversed([*(line.ref for line in [*own, *tied]), *(each.ref for each in teller.near)])}
    lasting = [each.ref for each in teller.near if each.ref.kind in LASTING]
    teller.look_at([*(line.ref for line in here if line.tied), *lasting, *(ref for ref in first.values() if ref.kind not in WORDS)])
    kinds = {kind: word for kind, ref in reversed(first.items()) if kind not in LASTING and (word := _word(teller, ref))}
    return Story([each for line in here if (each := line.write())], [teller.cards[ref] for ref in lasting if ref in teller.cards],
                 kinds, page, len(found) >= wanted)


def _tied_one(teller: Teller, tied: Tied) -> Happening | None:
    card, mine = teller.cards.get(tied.ref), tied.author_id == teller.actor.user_id or can_keep(teller.actor, None)
    return Happening(tied.at, tied.ref.kind, _word(teller, tied.ref), card, tied.id if mine else None) if card else None


def _word(teller: Teller, ref: Ref) -> str:
    """Empty where there is none of ours and its owner does not show it after all."""
    card = teller.cards.get(ref)
    return WORDS.get(ref.kind) or (card.where.partition("・")[0] if card else "")


def _own(measure: Measure, ruling: Ruling) -> list[Line]:
    """What was frozen, fixed and published of it: for everybody. One question for the three kinds."""
    rows = db.session.execute(_own_asked(), {"measure": measure.id, "most": OWN_MOST})
    return [Line(row.at, Ref(row.kind, row.id), partial(_own_one, row, ruling), tied=False) for row in rows]


@cache
def _own_asked() -> Any:
    """Put together once."""
    none: ColumnElement[Any] = literal("")
    measure: BindParameter[int] = bindparam("measure")
    tied = select(UndertakingMeasure.undertaking_id).where(UndertakingMeasure.measure_id == measure)
    found = union_all(
        select(literal(Report.kind).label("kind"), Report.id, Report.changed_at.label("at"), Report.fiscal_year, Report.period, Report.line,
               Report.author_name, Report.rating).where(Report.measure_id == measure, Report.state == FROZEN),
        select(literal(Undertaking.kind), Undertaking.id, Undertaking.changed_at, Undertaking.fiscal_year, literal(0), Undertaking.title, none, none)
        .where(Undertaking.id.in_(tied), Undertaking.state == FIXED),
        select(literal(Evaluation.kind), Evaluation.id, Evaluation.changed_at, Evaluation.fiscal_year, literal(0), none, none, none)
        .where(Evaluation.measure_id == measure, Evaluation.state == PUBLISHED))
    return found.order_by(text("at desc")).limit(bindparam("most"))


def _own_one(row: Any, ruling: Ruling) -> Happening:
    endpoint, of_year, ref = row.kind.partition(".")[2], f"令和{row.fiscal_year - 2018}年度", Ref(row.kind, row.id)
    url = url_for(row.kind, **{f"{endpoint}_id": row.id})
    if row.kind == Report.kind:
        said = f"{row.author_name}・{ruling.words[row.rating]}"
        return Happening(row.at, row.kind, f"{ruling.name_of(row.period)}の報告", Card(ref, row.line, url, "plan", said))
    if row.kind == Undertaking.kind:
        return Happening(row.at, row.kind, WORDS[row.kind], Card(ref, row.line, url, "plan", f"{of_year}・確定"))
    return Happening(row.at, row.kind, WORDS[row.kind], Card(ref, f"{of_year}の評価", url, "plan", "公表"))
