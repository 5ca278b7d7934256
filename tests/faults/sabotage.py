"""The web process with a bug planted in it, which ``make faults`` must find: ``python -m tests.faults.sabotage NAME``, otherwise as serve.py."""
from gevent import monkey

monkey.patch_all()

import runpy  # noqa: E402
import sys  # noqa: E402
from dataclasses import replace  # noqa: E402
from typing import Any  # noqa: E402
from uuid import uuid4  # noqa: E402

import gevent  # noqa: E402

from chat.commands import messages  # noqa: E402
from chat.queries import seats  # noqa: E402
from groupware.kernel import db, writers  # noqa: E402
from groupware.live.bus import Bus  # noqa: E402

SOON = 0.02         # seconds until the disc has what was acknowledged already


def no_key() -> None:
    """A repetition is a message of its own."""
    put = messages._put

    def once_more(actor: Any, seat: Any, draft: Any, root: Any) -> messages.Sent:
        known = db.unit().connection.execute(messages.FIRST, {"author": actor.user_id, "key": draft.key}).first()
        return put(actor, seat, replace(draft, key=uuid4().hex) if known else draft, root)
    messages._put = once_more


def early_answer() -> None:
    """What is acknowledged reaches the disc a moment later."""
    def write_to(pen: writers.Pen, connection: Any, batch: list[writers.Order]) -> list[Any]:
        facts: list[Any] = []
        transaction = writers.begin(connection)
        for order in pen._queued():
            batch.append(order)
            facts += order.perform(connection)
            order.reply()
        pen.before_commit(connection, facts)
        gevent.sleep(SOON)
        transaction.commit()
        return facts
    writers.Pen._write_to = write_to            # type: ignore[method-assign,assignment]


def no_membership() -> None:
    """Whoever knows the number of a room may look into it."""
    seats._may_sit = lambda *_: True


def ignored_loss() -> None:
    """What Redis does not bring is gone."""
    begin = Bus.__init__

    def deaf(bus: Bus, url: str, secret: str, hear: Any, *_: Any) -> None:
        begin(bus, url, secret, hear, lambda _: None, lambda: None)
    Bus.__init__ = deaf                         # type: ignore[method-assign,assignment]


BUGS = {each.__name__: each for each in (no_key, early_answer, no_membership, ignored_loss)}

if __name__ == "__main__":
    BUGS[sys.argv[1]]()
    runpy.run_path("serve.py", run_name="__main__")
