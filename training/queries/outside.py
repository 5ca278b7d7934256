"""Lists of outside completions, as somebody brought them."""
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.models.duties import Bringing
from training.permissions.courses import can_bring


def bringing_for(actor: Actor, bringing_id: int) -> Bringing:
    """One's own. Raises NotFound."""
    found = db.session.get(Bringing, bringing_id)
    if found is None or not can_bring(actor, found):
        raise NotFound
    return found
