"""年度評価: of oneself, by 行政管理課, with what advisers say, up to what is published. Opinions on papers, and the rulings."""
from sqlalchemy import select

from governance.commands.papers import begin_writing, freeze, lead_on
from governance.events import EvaluationAsked, EvaluationMoved, EvaluationWritten, OpinionGiven, RulingChanged
from governance.forms.papers import EvaluationDraft
from governance.models.papers import OWN, PUBLISHED, SECOND, Evaluation, Opinion
from governance.models.papers import Ruling as RulingRow
from governance.permissions import Governance, Held
from governance.queries.papers import evaluation_for, held_for
from governance.queries.plan import current_edition
from governance.queries.roadmap import leads, measures
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound


@command(Governance.OPEN_ROUND)
def open_evaluations(actor: Actor, fiscal_year: int) -> list[int]:
    """One for each measure that somebody leads and that has none for this year."""
    led, known = leads(), set(db.session.scalars(select(Evaluation.measure_id).where(Evaluation.fiscal_year == fiscal_year)))
    made = [Evaluation(measure_id=each.id, fiscal_year=fiscal_year, changed_at=clock.now()) for each in measures()
            if each.id in led and each.id not in known]
    if not made:
        raise Conflict("評価を求める施策がありません。担当課を決めてから求めてください。すでに求めた施策には、重ねて求めません。")
    db.session.add_all(made)
    db.session.flush()
    for paper in made:
        record(actor, EvaluationAsked(paper.id))
    return [paper.id for paper in made]


@command(Governance.MOVE, on=evaluation_for)
def write_evaluation(actor: Actor, held: Held, draft: EvaluationDraft) -> None:
    """The section its own, 行政管理課 the second one: as far as it has come says which."""
    paper: Evaluation = held.paper        # type: ignore[assignment]
    if paper.state not in {OWN, SECOND}:
        raise Conflict("いまは評価を書きかえられません。")
    begin_writing(held, "assess" if paper.state == OWN else "judge", draft.version)
    if paper.state == OWN:
        paper.own_rating, paper.own_words = draft.rating, draft.words
    else:
        paper.second_rating, paper.second_words = draft.rating, draft.words
    record(actor, EvaluationWritten(paper.id))


@command(Governance.MOVE, on=evaluation_for)
def move_evaluation(actor: Actor, held: Held, act: str, reason: str = "") -> None:
    paper: Evaluation = held.paper        # type: ignore[assignment]
    if (act == "approve" and not paper.own_words) or (act == "gather" and not paper.second_words):
        raise Invalid(words="評価を書いてから進めてください。")
    step = lead_on(actor, held, act, reason)
    if step.after == PUBLISHED:
        freeze(actor, paper)
    record(actor, EvaluationMoved(paper.id, act, step.after))


@command(Governance.OPINE, on=held_for)
def give_opinion(actor: Actor, held: Held, body: str) -> int:
    """助言 of a leader, 所見 of an adviser."""
    word = "所見" if "adviser" in held.parts else "助言"
    made = Opinion(about=str(held.paper.ref), word=word, body=body, author_id=actor.user_id, author_name=actor.name, author_label=actor.label,
                   at=clock.now())
    db.session.add(made)
    db.session.flush()
    record(actor, OpinionGiven(made.id, str(held.paper.ref)))
    return made.id


@command(Governance.KEEP)
def change_ruling(actor: Actor, ruling: Ruling) -> None:
    """For the edition in force; what was rated before keeps its letter."""
    edition = current_edition()
    if edition is None:
        raise NotFound
    row = db.session.get(RulingRow, edition.id)
    if row is None:
        row = RulingRow(edition_id=edition.id)
        db.session.add(row)
    row.content, row.author_name, row.at = ruling.as_dict(), actor.name, clock.now()
    record(actor, RulingChanged(edition.id))
