"""Kinds of staff, kinds of units and posts: words of the city's own."""
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import exists, insert, select

from groupware.directory.events import WordAdded, WordChanged, WordRemoved
from groupware.directory.forms.lists import PostDraft, StaffKindDraft, UnitKindDraft
from groupware.directory.models import Post, StaffKind, UnitKind, UnitVersion
from groupware.directory.permissions import Directory
from groupware.directory.queries.lists import uses
from groupware.directory.usual import AFTER_PARENT, LAST_RANK, OUTSIDE_KINDS, POSTS, STAFF_KINDS, UNIT_KINDS
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound

WordDraft = StaffKindDraft | UnitKindDraft | PostDraft
Word = type[StaffKind] | type[UnitKind] | type[Post]
TABLES: dict[type, Word] = {StaffKindDraft: StaffKind, UnitKindDraft: UnitKind, PostDraft: Post}


@command(Directory.KEEP)
def add_word(actor: Actor, draft: WordDraft) -> int:
    """The word's id."""
    table = TABLES[type(draft)]
    if _find(table, draft.name):
        raise Conflict(f"「{draft.name}」はすでにあります。")
    word_id = _insert(table, **asdict(draft))
    record(actor, WordAdded(word_id, table.__tablename__, draft.name))
    return word_id


@command(Directory.KEEP)
def change_word(actor: Actor, word_id: int, draft: WordDraft) -> None:
    """A kind of unit that was ever used keeps its name: it stands in the history."""
    table = TABLES[type(draft)]
    word = _row(table, word_id)
    _refuse_name(word, draft)
    before = {name: getattr(word, name) for name in asdict(draft)}
    if before == asdict(draft):
        raise Already(None)
    for name, value in asdict(draft).items():
        setattr(word, name, value)
    record(actor, WordChanged(word_id, table.__tablename__, draft.name))


@command(Directory.KEEP)
def remove_word(actor: Actor, table: Word, word_id: int) -> None:
    """Only what was never used; anything else stands in somebody's history. Raises Conflict."""
    word = _row(table, word_id)
    if uses()[table].get(word_id):
        raise Conflict(f"「{word.name}」は使われているため、消せません。")
    db.session.delete(word)
    record(actor, WordRemoved(word_id, table.__tablename__, word.name))


def staff_kind_id(name: str) -> int:
    """Raises Invalid for a kind that is not in the list."""
    found = _of_stocked(StaffKind, name)
    if found is None:
        raise Invalid(kind=f"職員の区分「{name}」は一覧にありません（{'・'.join(names_of(StaffKind))}）。")
    return found


def known_unit_kind(name: str) -> str:
    """Raises Invalid for a kind that is not in the list."""
    if _of_stocked(UnitKind, name) is None:
        raise Invalid(kind=f"組織の種別「{name}」は一覧にありません（{'・'.join(names_of(UnitKind))}）。")
    return name


def post_id(name: str) -> int | None:
    """Of a post; a new name is a new post, ranked after the known ones."""
    if not name:
        return None
    return _of_stocked(Post, name) or _insert(Post, name=name, rank=LAST_RANK)


def stock_lists() -> None:
    """A list that is empty gets the usual words."""
    for table, rows in _usual():
        if not db.session.scalar(select(exists().where(table.id > 0))):
            db.session.execute(insert(table), rows)


def names_of(table: Word) -> list[str]:
    return list(db.session.scalars(select(table.name).order_by(table.id)))


def _usual() -> Iterable[tuple[Word, list[dict[str, Any]]]]:
    yield StaffKind, [{"name": name, "outside": name in OUTSIDE_KINDS, "position": at} for at, name in enumerate(STAFF_KINDS)]
    yield UnitKind, [{"name": name, "after_parent": name in AFTER_PARENT, "position": at} for at, name in enumerate(UNIT_KINDS)]
    yield Post, [{"name": name, "rank": rank} for rank, name in enumerate(POSTS, 1)]


def _row(table: Word, word_id: int) -> StaffKind | UnitKind | Post:
    found = db.session.get(table, word_id)
    if not isinstance(found, table):
        raise NotFound
    return found


def _of_stocked(table: Word, name: str) -> int | None:
    found = _find(table, name)
    if found is None:
        stock_lists()
        found = _find(table, name)
    return found


def _find(table: Word, name: str) -> int | None:
    return db.session.scalar(select(table.id).where(table.name == name))


def _insert(table: Word, **values: Any) -> int:
    return db.session.execute(insert(table).values(**values).returning(table.id)).scalar_one()


def _refuse_name(word: StaffKind | UnitKind | Post, draft: WordDraft) -> None:
    if word.name == draft.name:
        return
    if _find(type(word), draft.name):
        raise Conflict(f"「{draft.name}」はすでにあります。")
    if isinstance(word, UnitKind) and db.session.scalar(select(exists().where(UnitVersion.kind == word.name))):
        raise Conflict(f"「{word.name}」を使っている組織があるため、名前は変えられません。新しい種別を加えて、組織のほうを変えてください。")
