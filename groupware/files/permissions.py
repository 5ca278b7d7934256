"""Who may see a file: whoever may see the thing it hangs on, and nobody else; while it hangs on nothing, who sent it."""
from collections.abc import Callable, Collection
from typing import Any

from groupware.directory.permissions import can_keep
from groupware.files.models import File
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for


class Files(Permission):
    KEEP = "ファイルを送る"
    SEE = "ファイルを見る"
    ATTACH = "自分の送ったファイルを付ける"
    DETACH = "付けたファイルを外す"
    DROP = "付けられなかったファイルを片付ける"
    JUDGE = "ファイルをウイルス検査にかける"
    RETAIN = "ファイルの保存期間と保存の印を決める"
    RUN_OUT = "保存期間が過ぎたファイルを削除する"
    READ_PAGES = "ファイルの頁や言葉を読み取る"


def is_somebody(actor: Actor, _: object) -> bool:
    """On what one may hang a file, and from what take it off, is judged by the command of the thing itself, inside which this happens."""
    return actor.user_id > 0


def can_see(actor: Actor, file: File) -> bool:
    """Asked on every request: a right that ended yesterday opens nothing today, its sender's no more than another's."""
    return bool(seen_of(actor, [file]))


def seen_of(actor: Actor, files: Collection[File]) -> list[File]:
    """Those of these files that the actor may see."""
    return [file for file, _ in seen_with(actor, files)]


def seen_with(actor: Actor, files: Collection[File]) -> list[tuple[File, Card | None]]:
    """With the card of the thing they hang on."""
    things = cards_for(actor, {Ref.parse(file.owner) for file in files if file.owner})
    return [(file, things.get(Ref.parse(file.owner)) if file.owner else None) for file in files
            if (Ref.parse(file.owner) in things if file.owner else file.uploader_id == actor.user_id)]


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


RULES: dict[Permission, Callable[[Actor, Any], bool]] = {
    Files.KEEP: is_somebody, Files.SEE: can_see, Files.ATTACH: is_somebody, Files.DETACH: is_somebody, Files.DROP: is_system,
    Files.RETAIN: can_keep, Files.RUN_OUT: is_system, Files.READ_PAGES: is_system, Files.JUDGE: is_system}
