"""The plan is adopted, revised, decided on, and comes into force on its day."""
from datetime import date

from sqlalchemy import func, select

from governance.events import EditionDrafted, EditionInForce, EditionMoved
from governance.flows import EDITION
from governance.forms import PlanDraft
from governance.models.plan import DECIDED, DRAFTED, IN_FORCE, Edition, Measure
from governance.permissions import Governance, edition_parts
from governance.plan import Plan
from governance.queries.plan import current_edition, edition_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.flow import Step


@command(Governance.ADOPT)
def adopt_plan(actor: Actor, draft: PlanDraft) -> int:
    """What the city decided outside of this program. Afterwards there are only revisions."""
    if db.session.scalar(select(func.count()).select_from(Edition)):
        raise Conflict("計画はすでに入っています。変えるときは改訂案として入れてください。")
    edition = _write_down(actor, draft, IN_FORCE)
    record(actor, EditionInForce(edition.id, _tie_measures(edition), _terms(edition)))
    return edition.id


@command(Governance.DRAFT)
def draft_revision(actor: Actor, draft: PlanDraft) -> int:
    if not draft.reason:
        raise Invalid(reason="改訂するわけを書いてください。")
    before = current_edition()
    if before and before.digest == draft.digest:
        raise Invalid(file="いま施行している計画と一字一句同じです。")
    edition = _write_down(actor, draft, DRAFTED)
    record(actor, EditionDrafted(edition.id))
    return edition.id


@command(Governance.MOVE_EDITION, on=edition_for)
def move_edition(actor: Actor, edition: Edition, act: str, reason: str = "", from_day: date | None = None) -> None:
    step = EDITION.step(edition.state, act, edition_parts(actor, edition))
    step.want(reason, "わけ、または確かめたことを書いてください。")
    _note(actor, edition, step, reason, from_day)
    edition.state = step.after
    if step.after == IN_FORCE:
        before = _replace(actor, edition)
        record(actor, EditionInForce(edition.id, _tie_measures(edition), max(_terms(edition), _terms(before) if before else 0)))
        return
    record(actor, EditionMoved(edition.id, act, step.after))


def _note(actor: Actor, edition: Edition, step: Step, reason: str, from_day: date | None) -> None:
    if step.after == DECIDED:
        if from_day is None or from_day < clock.today():
            raise Invalid(from_day="施行する日を、今日かそれより後の日で書いてください。")
        edition.decider_id, edition.decider_name, edition.decided_at, edition.from_day = actor.user_id, actor.name, clock.now(), from_day
    elif step.act == "check":
        edition.impact = reason
    elif reason:
        edition.reason = f"{edition.reason}\n{step.words}（{actor.name}）：{reason}".strip()


def _write_down(actor: Actor, draft: PlanDraft, state: str) -> Edition:
    number = (db.session.scalar(select(func.max(Edition.number))) or 0) + 1
    edition = Edition(number=number, title=Plan(draft.content).title, state=state, content=draft.content, digest=draft.digest, reason=draft.reason,
                      author_id=actor.user_id, author_name=actor.name, drafted_at=clock.now())
    db.session.add(edition)
    db.session.flush()
    return edition


def _replace(actor: Actor, edition: Edition) -> Edition | None:
    before = db.session.scalar(select(Edition).where(Edition.state == IN_FORCE, Edition.id != edition.id))
    if before:
        before.state, before.ended_at = EDITION.step(before.state, "replace", edition_parts(actor, before)).after, clock.now()
        db.session.flush()
    return before


def _terms(edition: Edition) -> int:
    return len(Plan(edition.content)["glossary"] or [])


def _tie_measures(edition: Edition) -> tuple[int, ...]:
    """A measure that is gone keeps its row: what was reported on it stays readable."""
    known = {each.code: each for each in db.session.scalars(select(Measure))}
    said = {each["code"]: each["title"] for each in Plan(edition.content).measures}
    for code, title in said.items():
        if code in known:
            known[code].title, known[code].gone_at = title, None
        else:
            db.session.add(Measure(code=code, title=title))
    for gone in known.keys() - said.keys():
        known[gone].gone_at = known[gone].gone_at or clock.now()
    db.session.flush()
    return tuple(db.session.scalars(select(Measure.id).order_by(Measure.id)))
