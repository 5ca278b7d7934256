"""Courses, sittings and seats, each in somebody's hands."""
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select

from groupware.directory.queries import PersonCard, heads_of_units, holders_of_role, main_unit, people_cards
from groupware.directory.queries.aims import Part
from groupware.directory.queries.units import units_by_id
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.models.courses import (
    APPLIED,
    ATTENDED,
    BOOKED,
    CALLING,
    COMING,
    COMPLETED,
    NOBODY,
    OFFERED,
    PLANNED,
    SHUT,
    WAITING,
    Aim,
    Completion,
    Course,
    Seat,
    SeatStep,
    Sitting,
)
from training.permissions.courses import HeldSeat, Kept, can_look, heads_of, keeps, seat_parts

AHEAD = (PLANNED, CALLING, SHUT)
TAKEN = (BOOKED, ATTENDED, COMPLETED)


@dataclass(frozen=True, slots=True)
class Taking:
    """A seat with who sits in it, and what whoever looks may do."""

    seat: Seat
    card: PersonCard
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Room:
    """A sitting with how many seats are taken, wait, and are free (None: as many as come)."""

    sitting: Sitting
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.sitting.capacity is None else max(0, self.sitting.capacity - self.taken)


def course_for(actor: Actor, course_id: int) -> Course:
    """Raises NotFound, also for people from outside."""
    found = db.session.get(Course, course_id) if can_look(actor, None) else None
    if found is None:
        raise NotFound
    return found


def kept_for(actor: Actor, sitting_id: int) -> Kept:
    """Raises NotFound; what is only being planned is there for its keepers alone."""
    sitting = db.session.get(Sitting, sitting_id)
    found = Kept(course_for(actor, sitting.course_id), sitting) if sitting else None
    if found is None or (found.sitting.state == PLANNED and not keeps(actor, found.course)):
        raise NotFound
    return found


def seat_for(actor: Actor, place: tuple[int, int]) -> HeldSeat:
    """(sitting, person): the seat is there, or could be. Raises NotFound."""
    sitting_id, user_id = place
    kept = kept_for(actor, sitting_id)
    card = people_cards([user_id]).get(user_id)
    seat = db.session.scalar(select(Seat).where(Seat.sitting_id == sitting_id, Seat.user_id == user_id))
    if card is None or card.outside or card.unit_id is None:
        raise NotFound
    return HeldSeat(kept.course, kept.sitting, seat, user_id, card.unit_id, _parts(actor, kept.course, user_id, card.unit_id))


def state_of(held: HeldSeat) -> str:
    return held.seat.state if held.seat else NOBODY


def answering(user_id: int, section_id: int) -> list[int]:
    """Who permits what somebody of that section asks for: the nearest heads above them; 行政管理課 for whom nobody heads."""
    return heads_above(user_id, section_id) or holders_of_role("steering")


def heads_above(user_id: int, section_id: int) -> list[int]:
    """The nearest heads of somebody: nobody heads themselves, mayor and CIO head no section."""
    line = _line_up(section_id)
    heads = heads_of_units(line)
    unheaded = {*holders_of_role("cio"), *holders_of_role("mayor"), user_id}
    return next((found for unit in line if (found := [each for each in heads[unit] if each not in unheaded])), [])


def courses(states: Collection[str] = (OFFERED,)) -> list[Course]:
    return list(db.session.scalars(select(Course).where(Course.state.in_(states)).order_by(Course.title)))


def offered() -> Select[int]:
    """Ids."""
    return select(Course.id).where(Course.state == OFFERED)


def parts_of_course(course_id: int) -> list[Part]:
    rows = db.session.execute(select(Aim.part, Aim.who).where(Aim.course_id == course_id).order_by(Aim.part.desc(), Aim.who))
    return [(part, who) for part, who in rows]


def compulsory() -> set[int]:
    return set(db.session.scalars(select(Aim.course_id).distinct()))


def rooms(course_ids: Collection[int] | None = None, states: Collection[str] = AHEAD, since: datetime | None = None) -> list[Room]:
    """The nearest first. Two questions."""
    asked = select(Sitting).where(Sitting.state.in_(states)).order_by(Sitting.starts_at, Sitting.id)
    if course_ids is not None:
        asked = asked.where(Sitting.course_id.in_(course_ids))
    if since:
        asked = asked.where(Sitting.starts_at >= since)
    sittings = db.session.scalars(asked).all()
    counted = counts([each.id for each in sittings])
    return [Room(each, sum(counted[each.id, state] for state in TAKEN), counted[each.id, WAITING]) for each in sittings]


def room_of(sitting: Sitting) -> Room:
    counted = counts([sitting.id])
    return Room(sitting, sum(counted[sitting.id, state] for state in TAKEN), counted[sitting.id, WAITING])


def counts(sitting_ids: Collection[int]) -> Counter[tuple[int, str]]:
    asked = select(Seat.sitting_id, Seat.state, func.count()).where(Seat.sitting_id.in_(sitting_ids)).group_by(Seat.sitting_id, Seat.state)
    return Counter({(sitting_id, state): number for sitting_id, state, number in db.session.execute(asked)})


def takings(actor: Actor, kept: Kept) -> list[Taking]:
    """Those the actor may see: all for keepers, one's own people for a head, oneself. By section and かな."""
    seats = db.session.scalars(select(Seat).where(Seat.sitting_id == kept.sitting.id)).all()
    cards = people_cards(seat.user_id for seat in seats)
    found = [Taking(seat, cards[seat.user_id], seat_parts(actor, kept.course, seat.user_id, cards[seat.user_id].unit_id or seat.unit_id))
             for seat in seats if seat.user_id in cards]
    return sorted((each for each in found if each.parts), key=lambda each: (each.card.unit_name, each.card.kana))


def steps_of(seat_ids: Collection[int]) -> list[SeatStep]:
    return list(db.session.scalars(select(SeatStep).where(SeatStep.seat_id.in_(seat_ids)).order_by(SeatStep.id)))


def in_line(sitting_id: int) -> list[Seat]:
    """Who waits for a free place, the first first."""
    return list(db.session.scalars(select(Seat).where(Seat.sitting_id == sitting_id, Seat.state == WAITING).order_by(Seat.lined_up_at, Seat.id)))


def seats_of(user_id: int) -> list[tuple[Seat, Sitting, Course]]:
    """What is still ahead of somebody, the nearest first."""
    asked = (select(Seat, Sitting, Course).join(Sitting, Sitting.id == Seat.sitting_id).join(Course, Course.id == Sitting.course_id)
             .where(Seat.user_id == user_id, Seat.state.in_((*COMING, ATTENDED)), Sitting.state.in_(AHEAD)).order_by(Sitting.starts_at))
    return [(seat, sitting, course) for seat, sitting, course in db.session.execute(asked)]


def to_permit(actor: Actor) -> list[tuple[Seat, Sitting, Course]]:
    """What waits for this head, and for 行政管理課 of those whom nobody heads: one question after knowing who asks."""
    units = heads_of(actor)
    if not units:
        return []
    asked = (select(Seat, Sitting, Course).join(Sitting, Sitting.id == Seat.sitting_id).join(Course, Course.id == Sitting.course_id)
             .where(Seat.state == APPLIED, main_unit(Seat.user_id).in_(units), Seat.user_id != actor.user_id,
                    Sitting.starts_at > clock.now()).order_by(Sitting.starts_at, Seat.id))
    return [(seat, sitting, course) for seat, sitting, course in db.session.execute(asked)]


def completions_of(user_id: int) -> list[Completion]:
    return list(db.session.scalars(select(Completion).where(Completion.user_id == user_id).order_by(Completion.done_on.desc(), Completion.id.desc())))


def _parts(actor: Actor, course: Course, user_id: int, section_id: int) -> frozenset[str]:
    """Where nobody heads somebody, the keepers of the course answer for them."""
    parts = seat_parts(actor, course, user_id, section_id)
    return parts | {"head"} if "keeper" in parts and "self" not in parts and actor.user_id in answering(user_id, section_id) else parts


def _line_up(section_id: int) -> list[int]:
    """From the unit up to the root."""
    nodes, step, line = units_by_id(), section_id, list[int]()
    while step in nodes and step not in line:
        line.append(step)
        step = nodes[step].parent_id or 0
    return line
