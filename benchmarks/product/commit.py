"""Many commands at once, and what a commit for each by itself makes of them: ``python -m benchmarks.product.commit FOLDER pen|alone``.

The one command of posting a message, from 200 greenlets of the process that writes; nobody is told of it. The last line is one JSON object:
acknowledgements a second.
"""
from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from uuid import uuid4  # noqa: E402

import click  # noqa: E402
import gevent  # noqa: E402
from flask import Flask  # noqa: E402

from benchmarks.product.city import SECRET  # noqa: E402
from chat.commands.messages import post_message  # noqa: E402
from chat.forms import MessageDraft  # noqa: E402
from features import FEATURES  # noqa: E402
from groupware.app import create_app  # noqa: E402
from groupware.config import Config  # noqa: E402
from groupware.database import tell_for_ever  # noqa: E402
from groupware.directory.queries import actor_for  # noqa: E402
from groupware.kernel import db, json, reactions, trace  # noqa: E402
from groupware.kernel.actor import Actor  # noqa: E402

IN_FLIGHT, ROUNDS, TEXT = 200, 10, "明日の会議は10時から第二会議室に変わりました。**資料**は共有フォルダーにあります。"


def main() -> None:
    folder, writes = Path(sys.argv[1]), sys.argv[2]
    known = json.loads((folder / "people.json").read_text())
    app = create_app(FEATURES, Config(data=folder, secret=SECRET, demo=False, log_level="WARNING"), writes="pen" if writes == "pen" else "alone")
    gevent.spawn(_tell, app)
    with app.app_context():
        actor = actor_for(known["people"][0])
        if actor is None:
            raise LookupError(known["people"][0])
        db.forget_reading()
    _all(app, actor, known["rooms"]["small"], 1)
    gc.collect()
    gc.freeze()         # as the web process does at its start
    click.echo(json.dumps(_all(app, actor, known["rooms"]["small"], ROUNDS)))


def _all(app: Flask, actor: Actor, room: int, rounds: int) -> float:
    drafts = [[MessageDraft.parse({"text": TEXT, "key": uuid4().hex}) for _ in range(rounds)] for _ in range(IN_FLIGHT)]
    began = time.perf_counter()
    gevent.joinall([gevent.spawn(_one, app, actor, room, own) for own in drafts], raise_error=True)
    return IN_FLIGHT * rounds / (time.perf_counter() - began)


def _one(app: Flask, actor: Actor, room: int, drafts: list[MessageDraft]) -> None:
    with app.app_context(), trace.through("socket"), reactions.quietly():
        for draft in drafts:
            post_message(actor, room, draft)


def _tell(app: Flask) -> None:
    with app.app_context(), reactions.quietly():
        tell_for_ever()


if __name__ == "__main__":
    main()
