"""A completion in somebody's hands, and its certificate."""
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.models.certificates import Certificate
from training.models.courses import Completion
from training.permissions.courses import can_certify


def completion_for(actor: Actor, completion_id: int) -> Completion:
    """One's own, and all for 行政管理課. Raises NotFound."""
    found = db.session.get(Completion, completion_id)
    if found is None or not can_certify(actor, found):
        raise NotFound
    return found


def certificate_of(completion_id: int) -> Certificate | None:
    return db.session.get(Certificate, completion_id)
