"""The lists an administrator edits: kinds of staff, kinds of units, posts."""
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, func, select

from groupware.directory.models import Assignment, Post, StaffKind, UnitKind, UnitVersion, User
from groupware.kernel import db


def staff_kinds() -> list[StaffKind]:
    return list(db.session.scalars(select(StaffKind).order_by(StaffKind.position, StaffKind.id)))


def unit_kinds() -> list[UnitKind]:
    return list(db.session.scalars(select(UnitKind).order_by(UnitKind.position, UnitKind.id)))


def all_posts() -> list[Post]:
    """From the highest to the lowest."""
    return list(db.session.scalars(select(Post).order_by(Post.rank, Post.id)))


def uses() -> dict[type, Mapping[int, int]]:
    """How often each word was ever used, by table and id. Three queries."""
    by_kind = select(UnitKind.id, func.count()).join(UnitVersion, UnitVersion.kind == UnitKind.name).group_by(UnitKind.id)
    return {StaffKind: _counted(select(User.kind_id, func.count()).group_by(User.kind_id)), UnitKind: _counted(by_kind),
            Post: _counted(select(Assignment.post_id, func.count()).where(Assignment.post_id.is_not(None)).group_by(Assignment.post_id))}


def _counted(asked: Select[Any, int]) -> dict[int, int]:
    return dict(db.session.execute(asked).all())
