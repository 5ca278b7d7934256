"""The lists an administrator edits: kinds of staff, kinds of units, posts."""
from sqlalchemy import select

from groupware.directory.models import Post, StaffKind, UnitKind
from groupware.kernel import db


def staff_kinds() -> list[StaffKind]:
    return list(db.session.scalars(select(StaffKind).order_by(StaffKind.position, StaffKind.id)))


def unit_kinds() -> list[UnitKind]:
    return list(db.session.scalars(select(UnitKind).order_by(UnitKind.position, UnitKind.id)))


def all_posts() -> list[Post]:
    """From the highest to the lowest."""
    return list(db.session.scalars(select(Post).order_by(Post.rank, Post.id)))
