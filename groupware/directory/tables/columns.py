"""What the columns are called. They may stand in any order; other columns are left alone."""
from dataclasses import dataclass

from groupware.directory.forms.imports import PEOPLE, UNITS
from groupware.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Column:
    """``field`` in our words, ``title`` as it is written; ``also``: other headings that mean the same."""

    field: str
    title: str
    also: tuple[str, ...] = ()
    needed: bool = False

    def is_called(self, heading: str) -> bool:
        return fold(heading) in {fold(name) for name in (self.field, self.title, *self.also)}


COLUMNS: dict[str, tuple[Column, ...]] = {
    UNITS: (
        Column("code", "所属コード", ("コード", "組織コード"), needed=True), Column("name", "名称", ("所属名", "組織名")),
        Column("kind", "種別", ("組織種別",)), Column("parent_code", "上位コード", ("上位所属コード", "親コード")),
        Column("authority", "任命権者"), Column("position", "並び順", ("表示順",)), Column("starts_on", "適用日", ("開始日",))),
    PEOPLE: (
        Column("staff_number", "職員番号", ("番号",), needed=True), Column("family", "姓", ("氏", "名字")), Column("given", "名"),
        Column("family_kana", "姓かな", ("姓ふりがな", "せい")), Column("given_kana", "名かな", ("名ふりがな", "めい")),
        Column("kind", "区分", ("職員区分", "任用区分")), Column("email", "メール", ("メールアドレス",)),
        Column("extension", "内線", ("内線番号",)), Column("state", "状態"), Column("unit_code", "所属コード"),
        Column("post", "職名", ("職", "役職")),
        Column("starts_on", "発令日", ("開始日",)), Column("also", "兼務", ("兼務等",)), Column("roles", "役割"))}
# Read where they are there, never written: names in one cell, the nature (a line is always a 主務), names beside codes.
ONLY_READ: dict[str, tuple[Column, ...]] = {
    UNITS: (Column("parent_name", "上位名称"),),
    PEOPLE: (Column("full_name", "氏名", ("名前",)), Column("full_kana", "氏名かな", ("ふりがな", "かな")), Column("nature", "発令"),
             Column("unit_name", "所属名", ("所属",)))}


def title_of(what: str, field: str) -> str:
    return next((column.title for column in (*COLUMNS[what], *ONLY_READ[what]) if column.field == field), "")
