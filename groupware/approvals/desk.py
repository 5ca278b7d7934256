"""Our answer to ``kernel.ports.ApprovalDesk``."""
from collections.abc import Sequence

from sqlalchemy import Select, select

from groupware.approvals.commands.asking import ask_approval, withdraw_asking
from groupware.approvals.forms import AskingDraft
from groupware.approvals.models import STATES, Step
from groupware.approvals.queries import askings, seats
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ports import Asked, Seat
from groupware.kernel.ref import Ref
from groupware.ui.paths import path_for


class Desk:
    def ask(self, actor: Actor, ref: Ref, route: Sequence[Seat], title: str, summary: str = "") -> int:
        asking_id: int = ask_approval(actor, AskingDraft(title, summary, tuple(route), ref))
        return asking_id

    def withdraw(self, actor: Actor, ref: Ref) -> None:
        last = askings.last_about(ref)
        if last is None:
            raise NotFound
        withdraw_asking(actor, last.id)

    def route_up(self, actor: Actor, steps: int = 1) -> tuple[Seat, ...]:
        return seats.route_up(actor, steps)

    def standing(self, ref: Ref) -> Asked | None:
        last = askings.last_about(ref)
        if last is None:
            return None
        reason = db.session.scalar(select(Step.reason).where(Step.asking_id == last.id, Step.reason != "")) or ""
        return Asked(last.ref, last.state, path_for("approvals.show", asking_id=last.id), STATES[last.state], reason, last.asker_id)

    def holds(self, actor: Actor, ref: Ref) -> bool:
        held = db.once(("approvals.held", actor.user_id, ref.kind), lambda: set(db.session.scalars(askings.held_things(actor, ref.kind))))
        return ref.id in held

    def held(self, actor: Actor, kind: str) -> Select[int]:
        return askings.held_things(actor, kind)
