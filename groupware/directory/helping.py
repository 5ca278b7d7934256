"""What the helper process does with a list: check it when it was brought, apply it when it was confirmed."""
from groupware.directory.commands.imports import apply_import, check_import, refuse_import
from groupware.directory.effects import ImportDue
from groupware.directory.queries.actors import actor_for
from groupware.directory.queries.imports import CONFIRMED, import_for
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Forbidden, Refusal

BROKEN = "こちらの不具合で処理できませんでした。何も取り込んでいません。もう一度お試しください。"


def work_on(due: ImportDue) -> None:
    """Whatever happens, whoever brought the list is told: nobody waits before a page that never changes."""
    try:
        _do(due.import_id)
    except Refusal as refusal:
        refuse_import(SYSTEM, due.import_id, refusal.message)
    except Exception:
        refuse_import(SYSTEM, due.import_id, BROKEN)
        raise


def _do(import_id: int) -> None:
    kept = import_for(SYSTEM, import_id)
    if kept.state != CONFIRMED:
        check_import(SYSTEM, import_id)
        return
    actor = actor_for(kept.user_id)
    if actor is None:
        raise Forbidden
    apply_import(actor, import_id)
