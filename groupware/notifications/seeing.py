"""What people may see, asked by the helper, where nobody asks for a page: the addresses on cards are built as for a page of the house."""
from collections.abc import Collection

from flask import current_app

from groupware.directory.queries import actor_for
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for


def seen_by(user_id: int, refs: Collection[Ref]) -> dict[Ref, Card]:
    """Nothing for who is no longer here."""
    actor = actor_for(user_id)
    if actor is None or not refs:
        return {}
    with current_app.test_request_context():
        return cards_for(actor, refs)
