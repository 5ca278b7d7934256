"""The way of a round: its steps, whose they are today, with whom it lies."""
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, literal, select, union

from boards.models.notices import Notice
from boards.models.routes import HERE, Step
from boards.permissions import Sheet, Stop
from boards.queries.sheets import sheet_for
from groupware.directory.queries import PersonCard, circle, circle_names, people_cards, people_in, posts_of, standing_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Stand:
    """A step as it is drawn: of whom it is, and who of them there is today (the first few)."""

    step: Step
    name: str
    people: list[PersonCard]
    more: int = 0
    stop: Stop | None = None        # in the hands of whoever looks


def steps_of(notice: Notice) -> list[Step]:
    """Of the round that is asked now, in the order of the way."""
    rows = select(Step).where(Step.notice_id == notice.id, Step.asked == notice.asked).order_by(Step.stage, Step.id)
    return list(db.session.scalars(rows))


def stages_of(steps: Iterable[Step]) -> list[list[Step]]:
    """Side by side within, one after another between."""
    found: dict[int, list[Step]] = {}
    for step in steps:
        found.setdefault(step.stage, []).append(step)
    return list(found.values())


def people_at(steps: Collection[Step]) -> Select[int]:
    """Ids of whoever these steps are of, today."""
    return _any_of([_people(step) for step in steps])


def people_now(notice: Notice) -> Select[int]:
    """With whom it lies."""
    return people_at([step for step in steps_of(notice) if step.state == HERE])


def stop_for(actor: Actor, step_id: int) -> Stop:
    """Raises NotFound as for the notice itself; also for a step of a round that is over."""
    step = db.session.get(Step, step_id)
    if step is None:
        raise NotFound
    sheet = sheet_for(actor, step.notice_id)
    if step.asked != sheet.notice.asked:
        raise NotFound
    return Stop(step, sheet, actor.user_id in _ids_at(step), _is_near(actor, step))


def stands_of(actor: Actor, sheet: Sheet) -> list[list[Stand]]:
    """By stages, with names. As many queries as it lies in places now, and those of the names."""
    steps = steps_of(sheet.notice)
    names, here = step_names(steps), {step.id: _ids_at(step) for step in steps if step.state == HERE}
    cards = people_cards(user_id for people in here.values() for user_id in people)

    def stand(step: Step) -> Stand:
        people = sorted((cards[each] for each in here.get(step.id, ()) if each in cards), key=lambda card: card.kana)
        stop = Stop(step, sheet, actor.user_id in here[step.id], _is_near(actor, step)) if step.state == HERE else None
        return Stand(step, names[step.id], people[:MOST_NAMED], max(0, len(people) - MOST_NAMED), stop)
    return [[stand(step) for step in stage] for stage in stages_of(steps)]


def step_names(steps: Collection[Step]) -> dict[int, str]:
    """市民課の課長, 窓口係のだれか一人, 柏木 真帆"""
    names = circle_names([step.who for step in steps] + [circle("post", step.post_id) for step in steps if step.post_id])
    return {step.id: _name(step, names) for step in steps}


def _name(step: Step, names: dict[str, str]) -> str:
    name = names.get(step.who, "いまはないもの").removesuffix("（直属）").removesuffix("とその下")
    if step.post_id:
        return f"{name} {names.get(circle('post', step.post_id), '')}"
    return name if step.who.startswith("person:") else f"{name}（だれか一人）"


def _people(step: Step) -> Select[int]:
    people = people_in([step.who]).subquery()
    found = select(people.c[0])
    return found.where(people.c[0].in_(people_in([circle("post", step.post_id)]))) if step.post_id else found


def _any_of(asked: list[Select[int]]) -> Select[int]:
    if not asked:
        return select(literal(0)).where(literal(value=False))
    return select(union(*asked).subquery().c[0])


def _ids_at(step: Step) -> set[int]:
    return set(db.session.scalars(_people(step)))


def _is_near(actor: Actor, step: Step) -> bool:
    """Of the section of the step's person or of the unit it is of, or the head above it."""
    kind, _, number = step.who.partition(":")
    places, mine = posts_of(int(number)) if kind == "person" else [], standing_of(actor)
    units = {place.section_id for place in places} if kind == "person" else {int(number)}
    seats = units | {place.unit_id for place in places}
    return bool(seats & mine.heads) or any(f"below:{unit}" in mine.circles for unit in units)
