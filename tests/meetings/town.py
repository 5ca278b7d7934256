"""A small city hall that meets, made by the commands, and what its tests ask of it."""
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.datastructures import MultiDict

from groupware.files.queries import file_for
from groupware.files.sending import send
from groupware.kernel import db
from groupware.kernel.actor import Actor
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.papers import hang_papers
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.forms import BodyDraft, ItemDraft, PapersDraft, SittingDraft
from meetings.permissions import Table
from meetings.queries.items import Row, agenda_for
from meetings.queries.sittings import table_for
from tests.directory.town import actor, adviser, build_town, person
from tests.support.prepared import prepared

TUESDAY = datetime(2026, 10, 13, 1, 30, tzinfo=UTC)        # 10:30 in Japan
BEGINS = TUESDAY + timedelta(days=2)


@prepared
def hall() -> dict[str, Actor]:
    """One for each role, one who presents without being a member, a bystander, an adviser, an administrator."""
    build_town()
    made = {"chair": ("議長", "部長"), "member": ("委員", "課長"), "secretary": ("事務", "係長"), "speaker": ("説明", "主査"),
            "observer": ("傍聴", "主任"), "guest": ("発表", "主事"), "bystander": ("通行", "主事")}
    people = {key: actor(person(f"{family} 一人", at="0310", post=post)) for key, (family, post) in made.items()}
    keeper = actor(person("管理 一人", at="0320", post="主事", roles=("administrator",)))
    return people | {"outsider": adviser(), "administrator": keeper}


def body(people: dict[str, Actor], level: str = "staff", name: str = "DX連絡会議") -> int:
    roles = [role for role in ("chair", "member", "secretary", "speaker", "observer") if role in people]
    made: int = found_body(people["secretary"], BodyDraft(name, level, tuple((people[role].user_id, role) for role in roles)))
    return made


def sitting(people: dict[str, Actor], body_id: int, *, begins: datetime = BEGINS, **more: Any) -> int:
    made: int = plan_sitting(people["secretary"], body_id, SittingDraft(begins, "大会議室", **more))
    return made


def item(secretary: Actor, sitting_id: int, title: str = "議題", **more: Any) -> int:
    made: int = add_item(secretary, sitting_id, item_draft(title, **more))
    return made


def item_draft(title: str = "議題", **more: Any) -> ItemDraft:
    given = {"title": title, "kind": "report", "minutes": "10", **{key: str(value) for key, value in more.items()}}
    return ItemDraft.parse(MultiDict(given))


def papers(who: Actor, item_id: int, *names: str, handout: bool = False) -> list[int]:
    files = upload(who, *(names or ("資料.pdf",)))
    form = MultiDict([("files", each) for each in files] + ([("handout", "1")] if handout else []))
    made: list[int] = hang_papers(who, item_id, PapersDraft.parse(form, {each: file_for(who, each).name for each in files}))
    db.end_reading()
    return made


def upload(who: Actor, *names: str) -> list[str]:
    return [send(who, name, [b"%PDF-1.5\n" + name.encode()]).id for name in names]


def called(people: dict[str, Actor], sitting_id: int) -> int:
    call_sitting(people["secretary"], sitting_id)
    db.end_reading()
    return sitting_id


def table(who: Actor, sitting_id: int) -> Table:
    db.end_reading()
    return table_for(who, sitting_id)


def rows(who: Actor, sitting_id: int) -> list[Row]:
    return agenda_for(who, table(who, sitting_id))


def titles(found: Sequence[Row]) -> list[str]:
    return [row.line.item.title for row in found]
