"""The second factor is set, proved, taken away. Each code serves once."""
from sqlalchemy import delete, select, update

from groupware.auth.ending import FACTOR_REMOVED, end, end_everything_of
from groupware.auth.events import CodesRenewed, FactorProved, FactorRemoved, FactorSet
from groupware.auth.factors import step_of
from groupware.auth.models import Factor, LoginSession, RecoveryCode
from groupware.auth.permissions import Auth
from groupware.auth.queries import holder_for
from groupware.auth.throttle import Purse, give_back
from groupware.auth.tokens import fingerprint
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid

WRONG = "確認コードが違うか、もう使われています。次のコードが出るのを待って、入れ直してください。"


@command(Auth.PROVE)
def prove_factor(actor: Actor, code: str, paid: tuple[Purse, ...] = ()) -> None:
    """Raises Invalid. The session at hand is whole from now on."""
    factor = db.session.scalar(select(Factor).where(Factor.user_id == actor.user_id).with_for_update())
    step = step_of(factor.secret, code, factor.last_step) if factor else None
    if factor is None or step is None:
        raise Invalid(code=WRONG)
    factor.last_step = step
    _make_whole(actor, "code", paid)


@command(Auth.PROVE)
def prove_by_recovery(actor: Actor, code: str, paid: tuple[Purse, ...] = ()) -> None:
    """One of the codes on paper. Raises Invalid."""
    used = (update(RecoveryCode).where(RecoveryCode.user_id == actor.user_id, RecoveryCode.hash == fingerprint(code), RecoveryCode.used_at.is_(None))
            .values(used_at=clock.now()).execution_options(synchronize_session=False))
    if not db.session.execute(used).rowcount:       # type: ignore[attr-defined]
        raise Invalid(code=WRONG)
    _make_whole(actor, "recovery", paid)


@command(Auth.SET_FACTOR)
def set_factor(actor: Actor, secret: str, code: str, codes: tuple[str, ...]) -> None:
    """With a code that the telephone has made of it, so that nobody is locked out by a mistake. Other sessions end. Raises Invalid."""
    step = step_of(secret, code)
    if step is None:
        raise Invalid(code="確認コードが違います。時計が合っているかを確かめて、いま出ているコードを入れてください。")
    db.session.merge(Factor(user_id=actor.user_id, secret=secret, last_step=step, made_at=clock.now()))
    _put_codes(actor.user_id, codes)
    _pay_debt(actor)
    end(LoginSession.user_id == actor.user_id, LoginSession.id != (actor.session_id or 0), reason=FACTOR_REMOVED)
    record(actor, FactorSet(actor.user_id))


@command(Auth.SET_FACTOR)
def renew_codes(actor: Actor, codes: tuple[str, ...]) -> None:
    """Those of before serve no more."""
    _put_codes(actor.user_id, codes)
    record(actor, CodesRenewed(actor.user_id))


@command(Auth.SET_FACTOR)
def remove_factor(actor: Actor) -> None:
    """One's own, where nobody demands it."""
    _remove(actor.user_id)
    record(actor, FactorRemoved(actor.user_id))


@command(Auth.RESET_FACTOR, on=holder_for)
def reset_factor(actor: Actor, user_id: int) -> None:
    """For somebody who has lost the telephone: at the next sign-in a new one is set up, where it is demanded."""
    _remove(user_id)
    end_everything_of(user_id, FACTOR_REMOVED)
    record(actor, FactorRemoved(user_id))


def _remove(user_id: int) -> None:
    gone = db.session.execute(delete(Factor).where(Factor.user_id == user_id)).rowcount     # type: ignore[attr-defined]
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    if not gone:
        raise Already(None)


def _put_codes(user_id: int, codes: tuple[str, ...]) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    db.session.add_all(RecoveryCode(user_id=user_id, hash=fingerprint(code)) for code in codes)


def _make_whole(actor: Actor, way: str, paid: tuple[Purse, ...]) -> None:
    _pay_debt(actor)
    give_back(list(paid))
    record(actor, FactorProved(actor.user_id, way))


def _pay_debt(actor: Actor) -> None:
    mine = update(LoginSession).where(LoginSession.id == (actor.session_id or 0)).values(owes="")
    db.session.execute(mine.execution_options(synchronize_session=False))
