"""Frameworks and their items, evidence in somebody's hands, what is held."""
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.models.skills import (
    DRAFT,
    IN_FORCE,
    REVIEWING,
    SUBMITTED,
    Certification,
    Claim,
    ClaimStep,
    Framework,
    Holding,
    Rating,
    Skill,
)
from training.permissions.courses import can_look, can_plan
from training.permissions.skills import HeldClaim, can_see, claim_parts


@dataclass(frozen=True, slots=True)
class Claimed:
    claim: Claim
    skill: Skill
    card: PersonCard
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """A skill and how somebody stands in it: what is certified, what they say themselves."""

    skill: Skill
    holding: Holding | None
    rating: Rating | None
    claim: Claim | None

    @property
    def level(self) -> int:
        """Certified and counting today; else 0."""
        return self.holding.level if self.holding and counts(self.holding) else 0


def counts(holding: Holding) -> bool:
    return holding.level > 0 and (holding.expires_on is None or holding.expires_on >= clock.today())


def framework_for(actor: Actor, framework_id: int) -> Framework:
    """Raises NotFound; a draft is there for its keepers alone."""
    found = db.session.get(Framework, framework_id) if can_look(actor, None) else None
    if found is None or (found.state == DRAFT and not can_plan(actor, None)):
        raise NotFound
    return found


def frameworks(actor: Actor) -> list[Framework]:
    asked = select(Framework).order_by(Framework.name, Framework.id.desc())
    return [each for each in db.session.scalars(asked) if each.state != DRAFT or can_plan(actor, None)]


def skills_of(framework_ids: Collection[int]) -> list[Skill]:
    asked = select(Skill).where(Skill.framework_id.in_(framework_ids)).order_by(Skill.framework_id, Skill.position)
    return list(db.session.scalars(asked))


def skills_in_force() -> list[Skill]:
    asked = select(Skill).join(Framework, Framework.id == Skill.framework_id).where(Framework.state == IN_FORCE)
    return list(db.session.scalars(asked.order_by(Framework.name, Skill.position)))


def skill_in_force(skill_id: int) -> Skill:
    """Raises NotFound."""
    found = db.session.scalar(select(Skill).join(Framework, Framework.id == Skill.framework_id)
                              .where(Skill.id == skill_id, Framework.state == IN_FORCE))
    if found is None:
        raise NotFound("そのスキルは、いま使っている枠組にありません。")
    return found


def skill_of(skill_id: int) -> Skill:
    """Of whatever edition."""
    return db.session.get_one(Skill, skill_id)


def known_by(user_id: int) -> list[Known]:
    """All skills in force; four questions."""
    holdings = {each.skill_id: each for each in db.session.scalars(select(Holding).where(Holding.user_id == user_id))}
    ratings = {each.skill_id: each for each in db.session.scalars(select(Rating).where(Rating.user_id == user_id))}
    claims = {each.skill_id: each for each in db.session.scalars(select(Claim).where(Claim.user_id == user_id).order_by(Claim.id))}
    return [Known(skill, holdings.get(skill.id), ratings.get(skill.id), claims.get(skill.id)) for skill in skills_in_force()]


def certifications_of(user_id: int) -> list[tuple[Certification, Skill]]:
    asked = (select(Certification, Skill).join(Skill, Skill.id == Certification.skill_id).where(Certification.user_id == user_id)
             .order_by(Certification.id.desc()))
    return [(made, skill) for made, skill in db.session.execute(asked)]


def certifications_in(claim: Claim) -> tuple[list[Certification], Certification | None]:
    """What came of a claim, its withdrawal too; and the one of them that holds today. One question."""
    asked = select(Certification).where(Certification.user_id == claim.user_id, Certification.skill_id == claim.skill_id).order_by(Certification.id)
    found = list(db.session.scalars(asked))
    holds = found[-1] if found and found[-1].level and found[-1].claim_id == claim.id else None
    return [each for each in found if each.claim_id == claim.id], holds


def claim_for(actor: Actor, claim_id: int) -> HeldClaim:
    """Raises NotFound, also for whom it does not concern; what is only being written is its author's."""
    claim = db.session.get(Claim, claim_id)
    card = people_cards([claim.user_id]).get(claim.user_id) if claim else None
    held = HeldClaim(claim, claim_parts(actor, claim.user_id, card.unit_id or 0)) if claim and card else None
    if held is None or not can_see(actor, held) or (held.claim.state == "writing" and "self" not in held.parts):
        raise NotFound
    return held


def steps_of_claim(claim_id: int) -> list[ClaimStep]:
    return list(db.session.scalars(select(ClaimStep).where(ClaimStep.claim_id == claim_id).order_by(ClaimStep.id)))


def to_review(actor: Actor) -> list[Claimed]:
    """What waits for this reviewer; two questions after knowing who asks."""
    if not can_look(actor, None):
        return []
    asked = select(Claim, Skill).join(Skill, Skill.id == Claim.skill_id).where(Claim.state.in_((SUBMITTED, REVIEWING))).order_by(Claim.id)
    rows = db.session.execute(asked).all()
    cards = people_cards(claim.user_id for claim, _ in rows)
    found = [Claimed(claim, skill, cards[claim.user_id], claim_parts(actor, claim.user_id, cards[claim.user_id].unit_id or 0))
             for claim, skill in rows if claim.user_id in cards]
    return [each for each in found if each.parts - {"self"}]


def certification_for(actor: Actor, certification_id: int) -> Certification:
    """The newest of a person and skill, and still one. Raises NotFound."""
    found = db.session.get(Certification, certification_id) if can_plan(actor, None) else None
    newest = found and db.session.scalar(select(func.max(Certification.id)).where(
        Certification.user_id == found.user_id, Certification.skill_id == found.skill_id))
    if found is None or newest != found.id or not found.level:
        raise NotFound
    return found
