"""What others ask about leaders."""
from groupware.kernel.actor import Actor
from groupware.kernel.ports import Coverage
from groupware.ui.paths import path_for
from training.permissions.leaders import can_look
from training.queries.leaders import survey


class Count:
    """Answers ``LeaderCoverage``."""

    def covered(self, actor: Actor) -> Coverage | None:
        if not can_look(actor, None):
            return None
        found = survey()
        return Coverage(found.filled, found.needed, path_for("training.leaders"))
