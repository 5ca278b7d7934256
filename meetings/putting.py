"""The agendas of sittings to come, for what others would have spoken of: our answer to ``kernel.agenda.AgendaDesk``."""
from collections.abc import Sequence

from flask import url_for
from sqlalchemy import select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.agenda import Gathering, Topic
from groupware.kernel.ref import Ref
from meetings.cards import name_of
from meetings.commands.items import put_topics
from meetings.models.sittings import Item
from meetings.permissions import can_prepare
from meetings.queries.sittings import coming

KIND = "meetings.sitting"


class Agendas:
    def ahead(self, actor: Actor) -> list[Gathering]:
        return [Gathering(Ref(KIND, each.sitting.id), f"{name_of(each)}（{each.sitting.starts_at.astimezone(clock.JST):%-m月%-d日}）",
                          url_for("meetings.sitting", sitting_id=each.sitting.id)) for each in coming(actor) if can_prepare(actor, each)]

    def put(self, actor: Actor, sitting: Ref, topics: Sequence[Topic]) -> str:
        put_topics(actor, sitting.id, topics)
        return url_for("meetings.sitting", sitting_id=sitting.id)

    def standing(self, _: Actor, sittings: Sequence[Ref]) -> set[Ref]:
        asked = select(Item.about).where(Item.sitting_id.in_([each.id for each in sittings]), Item.about != "")
        return {Ref.parse(about) for about in db.session.scalars(asked)}
