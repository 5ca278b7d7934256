"""What waits for a decision, for the first page."""
from collections.abc import Iterator

from groupware.approvals.queries.askings import waiting_for
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Todo
from groupware.ui.paths import path_for


def askings_to_decide(actor: Actor) -> Iterator[Todo]:
    """The oldest first; most people decide nothing."""
    for asking, stands_in in waiting_for(actor):
        stead = "代わって・" if stands_in else ""
        url = path_for("approvals.show", asking_id=asking.id)
        yield Todo("決裁", "approve", asking.title, url, "決裁する", f"{stead}{asking.asker_name}・{asking.asker_label}")
