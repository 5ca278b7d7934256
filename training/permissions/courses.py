"""Who may do what about courses. What there is to learn, all staff may know; how far somebody is, they, their heads and the keepers."""
from dataclasses import dataclass

from groupware.directory.queries import standing_of
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from training.asking import Question
from training.models.courses import ALONE, OFFERED, Completion, Course, Seat, Sitting
from training.models.duties import Bringing
from training.models.quizzes import Quiz, Try
from training.permissions.leaders import CIO, STEERING, SYSTEM


class Courses(Permission):
    LOOK = "研修とその開催を見る"
    PLAN = "研修を設ける"
    KEEP = "研修の内容・対象・開催・結果をととのえる"
    JOIN = "研修に申し込む、課の人の受講を決める"
    SEE = "だれがどこまで受けたかを見る"
    LEARN = "教材で学び終えたことを残す"
    FOLLOW = "必修の対象を組織に合わせる"
    CHASE = "まだ受けていない人に知らせる"
    EXCUSE = "必修を免除する"
    BRING = "庁外の研修の修了を取り込む"
    CERTIFY = "修了証をつくる"
    TAKE = "研修の確認テストを受ける"
    ANSWER = "受講後アンケートに答える"


@dataclass(frozen=True, slots=True)
class Kept:
    """A sitting and the course it is of."""

    course: Course
    sitting: Sitting


@dataclass(frozen=True, slots=True)
class HeldSeat:
    """A seat, there or not yet, in somebody's hands."""

    course: Course
    sitting: Sitting
    seat: Seat | None
    user_id: int
    section_id: int
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Watched:
    """A course, and of which units somebody may see how far their people are; None: of all."""

    course: Course
    units: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Quizzed:
    """A course with what is asked in it; ``belongs``: whether whoever looks learns there."""

    course: Course
    quiz: Quiz
    belongs: bool


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A sitting with what is asked about it. ``there``: whoever looks sat in it. ``answered``: they have answered."""

    course: Course
    sitting: Sitting
    version: int
    anonymous: bool
    questions: tuple[Question, ...]
    there: bool
    answered: bool


def seat_parts(actor: Actor, course: Course, user_id: int, section_id: int) -> frozenset[str]:
    """``head``: of the section the person sits in, or of the 部 above it; nobody heads themselves, mayor and CIO head no section."""
    if actor.has(SYSTEM):
        return frozenset({SYSTEM})
    if actor.outside:
        return frozenset()
    itself = actor.user_id == user_id
    heads = not itself and section_id in heads_of(actor)
    return frozenset(part for part, played in (("self", itself), ("head", heads), ("keeper", keeps(actor, course))) if played)


def heads_of(actor: Actor) -> frozenset[int]:
    """The units whose people somebody answers for."""
    return frozenset() if actor.outside or actor.has(CIO) or actor.has("mayor") else standing_of(actor).heads


def keeps(actor: Actor, course: Course) -> bool:
    return can_plan(actor, None) or (actor.user_id == course.owner_id and not actor.outside)


def can_look(actor: Actor, _: object) -> bool:
    return not actor.outside


def can_plan(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) or actor.has(SYSTEM)


def can_keep(actor: Actor, kept: Course | Kept | Surveyed) -> bool:
    return keeps(actor, kept if isinstance(kept, Course) else kept.course)


def can_join(_: Actor, held: HeldSeat) -> bool:
    """Some act; which one, says the flow."""
    return bool(held.parts)


def can_see(_: Actor, watched: Watched) -> bool:
    return watched.units is None or bool(watched.units)


def can_learn(actor: Actor, course: Course) -> bool:
    return not actor.outside and actor.user_id > 0 and course.way == ALONE and course.state == OFFERED


def can_take(actor: Actor, quizzed: Quizzed | Try) -> bool:
    """Those of the course; what was handed in, they alone see."""
    if actor.outside or actor.user_id <= 0:
        return False
    if isinstance(quizzed, Try):
        return quizzed.user_id == actor.user_id
    return quizzed.belongs and quizzed.course.state == OFFERED


def can_answer(_: Actor, surveyed: Surveyed) -> bool:
    return surveyed.there


def is_system(actor: Actor, _: object) -> bool:
    return actor.has(SYSTEM)


def can_certify(actor: Actor, completion: Completion) -> bool:
    """One's own; 行政管理課 for anybody."""
    return not actor.outside and (completion.user_id == actor.user_id or can_plan(actor, None))


def can_bring(actor: Actor, bringing: Bringing | None) -> bool:
    return can_plan(actor, None) and (bringing is None or bringing.user_id == actor.user_id)


RULES: dict[Permission, Rule] = {
    Courses.LOOK: can_look, Courses.PLAN: can_plan, Courses.KEEP: can_keep, Courses.JOIN: can_join, Courses.SEE: can_see,
    Courses.LEARN: can_learn, Courses.FOLLOW: is_system, Courses.CHASE: can_see, Courses.EXCUSE: can_keep, Courses.BRING: can_bring,
    Courses.CERTIFY: can_certify, Courses.TAKE: can_take, Courses.ANSWER: can_answer}
