"""Which things belong to which measures."""
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from flask import url_for
from sqlalchemy import Select, bindparam, select

from governance.models.papers import Evaluation, Report, Undertaking, UndertakingMeasure
from governance.models.plan import Measure
from governance.models.ties import LASTING, Tie
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Chip

MEASURE = "governance.measure"


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
    if about.kind == MEASURE:
        return select(Measure.id).where(Measure.id == about.id)
    if about.kind == Undertaking.kind:
        return select(UndertakingMeasure.measure_id).where(UndertakingMeasure.undertaking_id == about.id)
    paper = {kind.kind: kind for kind in (Report, Evaluation)}.get(about.kind)
    return select(paper.measure_id).where(paper.id == about.id) if paper else None


def _measures_of(refs: Collection[Ref]) -> dict[Ref, list[Any]]:
    """Their codes and titles."""
    found: dict[Ref, list[Any]] = {}
    for row in db.session.execute(_tied(), {"refs": [str(ref) for ref in refs]}) if refs else ():
        found.setdefault(Ref.parse(row.about), []).append(row)
    return found


@cache
def _tied() -> Any:
    """Put together once: it is asked for every page with something on it that may be tied."""
    return (select(Tie.about, Measure.code, Measure.title).join(Measure, Measure.id == Tie.measure_id)
            .where(Tie.about.in_(bindparam("refs", expanding=True))).order_by(Measure.code))
