"""Deeds about frameworks and what sections want; self-rating; evidence, its review, the certification; holders followed as they move."""
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, select, update

from groupware.directory.queries import PersonCard, people_cards, unit_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from training.events import skills as events
from training.flows.skills import CLAIM
from training.forms.skills import ClaimDraft, FrameworkDraft, Item, WantedDraft
from training.models.plans import PlanItem
from training.models.skills import (
    CERTIFIED,
    DRAFT,
    IN_FORCE,
    REPLACED,
    RETURNED,
    REVIEWING,
    WRITING,
    Certification,
    Claim,
    ClaimStep,
    Framework,
    Holding,
    Rating,
    Skill,
    Wanted,
)
from training.permissions.skills import HeldClaim, Skills
from training.queries.skills import certification_for, claim_for, framework_for, skill_in_force
from training.rules import valid_until

TELLS = (7, 30, 60, 90)


@command(Skills.KEEP)
def draft_framework(actor: Actor, draft: FrameworkDraft) -> int:
    made = Framework(name=draft.name, edition=draft.edition, source=draft.source, areas=list(draft.areas), state=DRAFT, author_name=actor.name,
                     at=clock.now())
    if db.session.scalar(select(Framework.id).where(Framework.name == draft.name, Framework.edition == draft.edition)):
        raise Invalid(edition="その枠組のその版は、もうあります。")
    db.session.add(made)
    db.session.flush()
    record(actor, events.FrameworkDrafted(made.id))
    return made.id


@command(Skills.KEEP, on=framework_for)
def bring_items(actor: Actor, framework: Framework, items: Sequence[Item]) -> None:
    """All anew: only while the edition is a draft."""
    if framework.state != DRAFT:
        raise Conflict("使い始めた版の項目は変えられません。新しい版を用意してください。")
    strange = {item.area for item in items if item.area} - set(framework.areas)
    if strange:
        raise Invalid(file=f"区分「{'」「'.join(sorted(strange))}」は、この枠組にありません。何も取り込んでいません。")
    db.session.execute(delete(Skill).where(Skill.framework_id == framework.id))
    db.session.add_all(Skill(framework_id=framework.id, code=item.code, area=item.area, name=item.name, about=item.about, position=place)
                       for place, item in enumerate(items))
    record(actor, events.ItemsBrought(framework.id, len(items)))


@command(Skills.KEEP, on=framework_for)
def enforce_framework(actor: Actor, framework: Framework) -> None:
    """It replaces the edition before; what is wanted, said and held of an item goes on with the item of the same code."""
    if framework.state != DRAFT:
        raise Conflict
    if not db.session.scalar(select(Skill.id).where(Skill.framework_id == framework.id).limit(1)):
        raise Invalid("項目がまだありません。CSV で項目を取り込んでから、使い始めてください。")
    before = db.session.scalar(select(Framework).where(Framework.name == framework.name, Framework.state == IN_FORCE))
    if before:
        _carry_on(before.id, framework.id)
        before.state = REPLACED
    framework.state = IN_FORCE
    record(actor, events.FrameworkEnforced(framework.id, before.id if before else 0))


@command(Skills.KEEP)
def set_wanted(actor: Actor, draft: WantedDraft) -> None:
    unit, skill = unit_for(actor, draft.unit_id), skill_in_force(draft.skill_id)
    found = db.session.get(Wanted, (unit.id, draft.role, skill.id))
    if found and not draft.people:
        db.session.delete(found)
    elif draft.people:
        db.session.merge(Wanted(unit_id=unit.id, role=draft.role, skill_id=skill.id, level=draft.level, people=draft.people))
    record(actor, events.WantedSet(unit.id, draft.role, skill.id, draft.level, draft.people))


@command(Skills.RATE)
def rate_oneself(actor: Actor, skill_id: int, level: int) -> None:
    skill, card = skill_in_force(skill_id), people_cards([actor.user_id])[actor.user_id]
    db.session.merge(Rating(user_id=actor.user_id, skill_id=skill.id, unit_id=_place(card), level=level, at=clock.now()))
    record(actor, events.SelfRated(skill.id))


@command(Skills.CLAIM)
def write_claim(actor: Actor, draft: ClaimDraft) -> int:
    open_one = select(Claim.id).where(Claim.user_id == actor.user_id, Claim.skill_id == draft.skill_id,
                                      Claim.state.in_((WRITING, "submitted", REVIEWING, RETURNED)))
    if db.session.scalar(open_one):
        raise Conflict("このスキルの証拠は、もう書きかけか審査の途中です。「スキル」から開いてください。")
    claim = Claim(user_id=actor.user_id, skill_id=skill_in_force(draft.skill_id).id, level=draft.level, proof=draft.proof, words=draft.words,
                  state=WRITING, changed_at=clock.now())
    db.session.add(claim)
    db.session.flush()
    record(actor, events.ClaimWritten(claim.id))
    return claim.id


@command(Skills.MOVE, on=claim_for)
def rewrite_claim(actor: Actor, held: HeldClaim, draft: ClaimDraft) -> None:
    """While it is a draft, or was returned."""
    if "self" not in held.parts or held.claim.state not in {WRITING, RETURNED}:
        raise Conflict("審査に出した後は直せません。直すには、取り下げてください。")
    held.claim.level, held.claim.proof, held.claim.words, held.claim.changed_at = draft.level, draft.proof, draft.words, clock.now()
    record(actor, events.ClaimWritten(held.claim.id))


@command(Skills.MOVE, on=claim_for)
def move_claim(actor: Actor, held: HeldClaim, act: str, reason: str = "", level: int | None = None, months: int | None = None) -> None:
    """``level`` and ``months`` are the reviewer's: what is certified, for how long."""
    claim, step = held.claim, CLAIM.step(held.claim.state, act, held.parts)
    step.want(reason, "どこを直すとよいかを書いてください。")
    claim.state, claim.changed_at = step.after, clock.now()
    if step.after == REVIEWING:
        claim.reviewer_id = actor.user_id
    db.session.add(ClaimStep.by(actor, step, reason, claim_id=claim.id))
    if step.after == CERTIFIED:
        _certify(actor, claim, min(level or claim.level, claim.level), valid_until(clock.today(), months))
    record(actor, events.ClaimMoved(claim.id, act, step.after, claim.user_id))


@command(Skills.TAKE, on=certification_for)
def take_certification(actor: Actor, before: Certification, reason: str) -> int | None:
    """By a record of its own: what was certified stays to be read. Of which claim it was."""
    if not reason:
        raise Invalid(reason="取り消すわけを書いてください。")
    made = Certification(user_id=before.user_id, skill_id=before.skill_id, claim_id=before.claim_id, level=0, number=f"{before.number}-取消",
                         certified_on=clock.today(), reason=reason, by_name=actor.name, at=clock.now())
    db.session.add(made)
    db.session.flush()
    _hold(made)
    record(actor, events.CertificationTaken(made.id, made.user_id))
    return made.claim_id


@command(Skills.FOLLOW)
def follow_holders(actor: Actor) -> None:
    """What is counted of somebody counts where they sit; nowhere while they are away."""
    rows = {**dict(db.session.execute(select(Rating.user_id, Rating.unit_id)).all()), **dict(db.session.execute(
        select(Holding.user_id, Holding.unit_id)).all())}
    cards = people_cards(rows)
    moved = {user_id: _place(cards[user_id]) for user_id, unit in rows.items() if user_id in cards and _place(cards[user_id]) != unit}
    if not moved:
        raise Already(None)
    for table in (Holding, Rating):
        for user_id, unit in moved.items():
            db.session.execute(update(table).where(table.user_id == user_id).values(unit_id=unit))
    record(actor, events.HoldersFollowed(0))


@command(Skills.FOLLOW)
def tell_expiries(actor: Actor) -> None:
    """90, 60, 30 and 7 days before a certification ends, once each."""
    last = clock.today() + timedelta(days=TELLS[-1])
    near = db.session.scalars(select(Holding).where(Holding.level > 0, Holding.expires_on.between(clock.today(), last))).all()
    due = [(each, days) for each in near if (days := _days_told(each)) and (each.told == 0 or each.told > days)]
    if not due:
        raise Already(None)
    for each, days in due:
        each.told = days
        newest = select(Certification.id).where(Certification.user_id == each.user_id, Certification.skill_id == each.skill_id)
        record(actor, events.ExpiryNear(db.session.scalar(newest.order_by(Certification.id.desc()).limit(1)) or 0, each.user_id, days))


def _days_told(holding: Holding) -> int:
    left = (holding.expires_on - clock.today()).days if holding.expires_on else TELLS[-1] + 1
    return next((days for days in TELLS if left <= days), 0)


def _certify(by: Actor, claim: Claim, level: int, expires_on: date | None) -> None:
    made = Certification(user_id=claim.user_id, skill_id=claim.skill_id, claim_id=claim.id, level=level, expires_on=expires_on,
                         number=f"R{clock.fiscal_year(clock.today()) - 2018}-{claim.id:05}", certified_on=clock.today(), by_name=by.name,
                         at=clock.now())
    db.session.add(made)
    db.session.flush()
    _hold(made)
    record(by, events.SkillCertified(made.id, made.user_id))


def _hold(made: Certification) -> None:
    db.session.merge(Holding(user_id=made.user_id, skill_id=made.skill_id, unit_id=_place(people_cards([made.user_id])[made.user_id]),
                             level=made.level, expires_on=made.expires_on, told=0))


def _place(card: PersonCard) -> int:
    return (card.unit_id or 0) if card.state == "active" else 0


def _carry_on(before_id: int, after_id: int) -> None:
    after = {skill.code: skill.id for skill in db.session.scalars(select(Skill).where(Skill.framework_id == after_id))}
    for skill in db.session.scalars(select(Skill).where(Skill.framework_id == before_id)).all():
        if skill.code in after:
            for table in (Wanted, Holding, Rating):
                db.session.execute(update(table).where(table.skill_id == skill.id).values(skill_id=after[skill.code]))
            db.session.execute(update(PlanItem).where(PlanItem.skill_id == skill.id, PlanItem.reached.is_(None)).values(skill_id=after[skill.code]))
