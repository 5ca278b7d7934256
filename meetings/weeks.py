"""The sittings of a week of bodies in which somebody of a section has a seat."""
from collections.abc import Iterator

from sqlalchemy import select

from groupware.directory.queries import circle, people_in
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Happened, Week
from groupware.ui.paths import path_for
from meetings.models.bodies import Member
from meetings.models.sittings import CALLED, Sitting
from meetings.queries.sittings import tables_for

MOST = 20


def sittings_of_week(actor: Actor, week: Week) -> Iterator[Happened]:
    seated = select(Member.body_id).where(Member.user_id.in_(people_in([circle("unit", unit) for unit in week.units])))
    found = tables_for(actor, Sitting.state == CALLED, Sitting.starts_at >= week.since, Sitting.starts_at < week.until, Sitting.body_id.in_(seated))
    for table in sorted(found, key=lambda table: table.sitting.starts_at)[:MOST]:
        yield Happened("meet", f"第{table.sitting.number}回 {table.seat.body.name}", path_for("meetings.sitting", sitting_id=table.sitting.id),
                       f"会議・{table.sitting.place or '場所は未設定'}", table.sitting.starts_at)
