"""Who has to review, and what came of it."""
from collections.abc import Iterator

from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.ref import Ref
from groupware.notifications.notice import Notice
from training.events import skills as events
from training.models.skills import CERTIFIED, RETURNED, SUBMITTED, Certification
from training.queries.courses import answering
from training.queries.skills import skills_of
from training.reactions.leaders import on

KIND = "training.skill"
SAID = {CERTIFIED: "スキルが認定されました", RETURNED: "証拠を直して、もう一度出してください"}


@on.later(events.ClaimMoved)
def tell_claim(event: events.ClaimMoved) -> Iterator[Notice]:
    if event.state in SAID:
        yield Notice(event.user_id, event.about, SAID[event.state], KIND)
    elif event.state == SUBMITTED:
        card = people_cards([event.user_id]).get(event.user_id)
        reviewers = answering(event.user_id, card.unit_id or 0) if card else []
        yield from (Notice(user_id, event.about, "スキルの証拠の審査をお願いします", KIND) for user_id in reviewers)


@on.later(events.ExpiryNear)
def tell_expiry(event: events.ExpiryNear) -> Iterator[Notice]:
    made = db.session.get(Certification, event.certification_id)
    if made and made.claim_id:
        yield Notice(event.user_id, Ref("training.claim", made.claim_id), f"認定の期限まで{event.days}日です", KIND)


@on.later(events.CertificationTaken)
def tell_taken(event: events.CertificationTaken) -> Iterator[Notice]:
    made = db.session.get(Certification, event.certification_id)
    if made and made.claim_id:
        yield Notice(event.user_id, Ref("training.claim", made.claim_id), "スキルの認定が取り消されました", KIND)


@on.within(events.FrameworkEnforced)
def find_skills_anew(event: events.FrameworkEnforced) -> Iterator[Touched]:
    """Of the edition in force, and of the one before: what it named is found no more."""
    yield from (Touched(each.ref) for each in skills_of((event.framework_id, event.before_id)))
