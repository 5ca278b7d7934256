"""How bodies, sittings, items and papers look from elsewhere; the owner of the thing authorises. A paper's file is seen by who gets its card."""
from collections.abc import Collection

from flask import url_for

from groupware.kernel.actor import Actor
from groupware.kernel.feature import Jump
from groupware.kernel.ref import Ref
from groupware.kernel.text import fold
from groupware.kernel.things import Card
from groupware.ui.words import moment
from meetings.models.bodies import Body
from meetings.models.sittings import KINDS, Sitting
from meetings.permissions import Table
from meetings.queries.bodies import seats
from meetings.queries.items import leaves_for, topics_for
from meetings.queries.sittings import tables_for

MOST_JUMPS = 6


def body_cards(actor: Actor, body_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.body", seat.body.id), seat.body.name, url_for("meetings.body", body_id=seat.body.id), "meet", "会議体",
                 seat.body.purpose) for seat in seats(actor, Body.id.in_(body_ids))]


def sitting_cards(actor: Actor, sitting_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.sitting", table.sitting.id), name_of(table), _at(table), "meet", f"会議・{moment(table.sitting.starts_at)}",
                 table.sitting.place) for table in tables_for(actor, Sitting.id.in_(sitting_ids))]


def item_cards(actor: Actor, item_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.item", topic.item.id), topic.item.title, f"{_at(topic.table)}#i{topic.item.id}", "meet",
                 f"{KINDS[topic.item.kind]}・{name_of(topic.table)}", topic.item.note) for topic in topics_for(actor, item_ids)]


def paper_cards(actor: Actor, paper_ids: Collection[int]) -> list[Card]:
    return [Card(Ref("meetings.paper", leaf.paper.id), leaf.paper.title, url_for("meetings.paper", paper_id=leaf.paper.id), "file",
                 f"資料・{name_of(leaf.topic.table)}") for leaf in leaves_for(actor, paper_ids)]


def jumps(actor: Actor, text: str) -> list[Jump]:
    """Bodies whose name holds what was typed."""
    wanted = fold(text)
    found = [seat.body for seat in seats(actor) if wanted and wanted in fold(seat.body.name)]
    return [Jump(body.name, "会議体", url_for("meetings.body", body_id=body.id), "meet") for body in found[:MOST_JUMPS]]


def name_of(table: Table) -> str:
    """第5回 DX連絡会議"""
    return f"第{table.sitting.number}回 {table.seat.body.name}"


def _at(table: Table) -> str:
    return url_for("meetings.sitting", sitting_id=table.sitting.id)
