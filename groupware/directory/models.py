"""Units (a tree of any depth, by date), people, posts, assignments, roles and groups."""
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groupware.kernel.db import Base, BigId

ACTIVE, DISABLED, DEPARTED = "active", "disabled", "departed"
STATES = {ACTIVE: "在職", DISABLED: "停止", DEPARTED: "退職・任期満了"}
MAIN = "主務"
NATURES = (MAIN, "兼務", "併任", "事務取扱", "充て職")
ADMINISTRATOR = "administrator"
ROLES = {ADMINISTRATOR: "システム管理", "steering": "行政管理課（計画の進行）", "cio": "CIO", "leader": "デジタルリーダー",
         "adviser": "DXアドバイザー", "emergency": "災害の知らせ", "director": "総務部長", "mayor": "市長"}
IN_ORDER = "ends_on is null or ends_on >= starts_on"

Code = String().with_variant(String(collation="C"), "postgresql")      # compared and sorted by code point, on both engines


def full_name(family: str, given: str) -> str:
    return f"{family} {given}".strip()


def seal_of(family: str) -> str:
    """What stands in the 認印."""
    return family[:2]


class StaffKind(Base):
    """正職員, 会計年度任用 ...: data, edited by the administrator. ``outside``: not staff of the city hall."""

    __tablename__ = "directory_staff_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    outside: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class UnitKind(Base):
    """部, 課, 出張所 ...: words of the city's own. ``after_parent``: always named behind the unit above (市民課 窓口係)."""

    __tablename__ = "directory_unit_kind"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    after_parent: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)


class Post(Base):
    """課長, 係長 ...; the smaller the rank, the higher the post."""

    __tablename__ = "directory_post"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    rank: Mapped[int] = mapped_column(default=90)


class User(Base):
    """``staff_number`` is text (leading zeros) and never given to anybody else, also after a departure."""

    __tablename__ = "directory_user"
    __table_args__ = (Index("ix_directory_user_kana", "family_kana", "given_kana"),
                      CheckConstraint(f"state in ('{ACTIVE}', '{DISABLED}', '{DEPARTED}')", name="state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    staff_number: Mapped[str] = mapped_column(Code, unique=True)
    family_name: Mapped[str]
    given_name: Mapped[str]
    family_kana: Mapped[str] = mapped_column(Code)
    given_kana: Mapped[str] = mapped_column(Code)
    kind_id: Mapped[int] = mapped_column(ForeignKey("directory_staff_kind.id"))
    email: Mapped[str] = mapped_column(default="")
    extension: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=ACTIVE)
    search_key: Mapped[str]
    created_at: Mapped[datetime]
    kind: Mapped[StaffKind] = relationship(lazy="joined", innerjoin=True)

    @property
    def name(self) -> str:
        return full_name(self.family_name, self.given_name)

    @property
    def kana(self) -> str:
        return full_name(self.family_kana, self.given_kana)

    @property
    def seal(self) -> str:
        return seal_of(self.family_name)


class Unit(Base):
    """A unit's identity; what it is called and where it stands is in its versions."""

    __tablename__ = "directory_unit"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(Code, unique=True)


class UnitVersion(Base):
    """``ends_on`` is the last day. ``kind`` is the word of that time; ``authority`` the 任命権者."""

    __tablename__ = "directory_unit_version"
    __table_args__ = (
        UniqueConstraint("unit_id", "starts_on"), Index("ix_directory_unit_version_parent", "parent_id"),
        Index("uq_directory_unit_version_one_open", "unit_id", unique=True, sqlite_where=text("ends_on is null"),
              postgresql_where=text("ends_on is null")),
        CheckConstraint(IN_ORDER, name="in_order"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("directory_unit.id"))
    name: Mapped[str]
    kind: Mapped[str]
    authority: Mapped[str] = mapped_column(default="市長")
    position: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Assignment(Base):
    """Who sits where, as what. Exactly one 主務 at a time: the commands see to overlaps, the index to two that are open."""

    __tablename__ = "directory_assignment"
    __table_args__ = (
        Index("ix_directory_assignment_user", "user_id"), Index("ix_directory_assignment_unit", "unit_id"),
        Index("uq_directory_assignment_one_main", "user_id", unique=True, sqlite_where=text(f"nature = '{MAIN}' and ends_on is null"),
              postgresql_where=text(f"nature = '{MAIN}' and ends_on is null")),
        CheckConstraint(IN_ORDER, name="in_order"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    nature: Mapped[str] = mapped_column(default=MAIN)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("directory_post.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Role(Base):
    __tablename__ = "directory_role"

    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)


class Group(Base):
    """People named one by one, and people of units: a team, a committee."""

    __tablename__ = "directory_group"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class GroupMember(Base):
    __tablename__ = "directory_group_member"

    group_id: Mapped[int] = mapped_column(ForeignKey("directory_group.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"), primary_key=True)


class GroupRule(Base):
    """Everybody of a unit, or of it and all below."""

    __tablename__ = "directory_group_rule"

    group_id: Mapped[int] = mapped_column(ForeignKey("directory_group.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"), primary_key=True)
    below: Mapped[bool] = mapped_column(default=True)


class Import(Base):
    """A list that somebody brought: ``body`` as it came, ``report`` what it would change (or has changed). Checked and applied by the helper.

    ``digest`` names the changes that were shown: nothing else is ever applied.
    """

    __tablename__ = "directory_import"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    what: Mapped[str]
    file_name: Mapped[str]
    body: Mapped[bytes]
    day: Mapped[date]
    state: Mapped[str]
    digest: Mapped[str] = mapped_column(default="")
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    user_id: Mapped[int]
    created_at: Mapped[datetime]


class Mark(Base):
    """One row with a number that every change of the directory makes another: what was worked out under the same one still holds."""

    __tablename__ = "directory_mark"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
