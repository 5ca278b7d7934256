"""The manifest of a feature, and how the house is furnished with it at the start."""
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import click
from flask import Blueprint
from sqlalchemy import Select

from groupware.kernel.actor import Actor
from groupware.kernel.events import Event
from groupware.kernel.findable import Findable
from groupware.kernel.house import house
from groupware.kernel.jobs import Schedule
from groupware.kernel.notice_kind import NoticeKind
from groupware.kernel.permissions import Door, Permission
from groupware.kernel.reactions import Reaction, Reactions
from groupware.kernel.ref import Ref
from groupware.kernel.retained import Retained
from groupware.kernel.things import Candidate, Landmark
from groupware.kernel.widget import Engagement, Happened, Todo, Week, Widget


@dataclass(frozen=True, slots=True)
class NavItem:
    """A place in the left rail: ``icon`` from the sprite, ``order`` as in ``docs/STYLE.md``; ``only`` hides it from others.

    ``told``: what is said over the connection when the number there (``badges``) may have become another; a notice always does.
    """

    label: str
    icon: str
    endpoint: str
    order: int
    only: Callable[[Actor], bool] = lambda actor: True
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """One answer of 「どこへ行きますか」 (Ctrl+K)."""

    label: str
    hint: str
    url: str
    icon: str


@dataclass(frozen=True)
class Feature:
    """Everything the house needs to know of one package; the only file of it which the house imports.

    ``access`` names for every HTTP endpoint and socket event the permission (or door) that guards it.
    ``badges`` are by endpoint a question with one number for its answer: how much waits for the person with an id, which may be a parameter.
    ``cards`` shows of some things of a kind those that the actor may see, with a number of queries that does not grow with them.
    """

    name: str
    label: str
    blueprint: Blueprint | None = None
    access: Mapping[str, Permission | Door] = field(default_factory=dict)
    sockets: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    signals: Mapping[str, Callable[..., None]] = field(default_factory=dict)        # those that take the short way: (connection, what was said)
    rules: Mapping[Permission, Callable[[Actor, Any], bool]] = field(default_factory=dict)
    events: tuple[type[Event], ...] = ()
    reactions: Reactions | None = None
    schedules: tuple[Schedule, ...] = ()
    beside: tuple[Callable[[threading.Event], None], ...] = ()      # runs in a thread of the helper until the event is set
    cards: Mapping[str, Callable[[Actor, Collection[int]], Iterable[Any]]] = field(default_factory=dict)
    sights: Mapping[str, Callable[[Actor], Select[Any]]] = field(default_factory=dict)      # by kind the ids of all whose cards an actor gets
    offers: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)     # by kind of thing: what this package can do with it
    chips: Callable[[Collection[Any]], Mapping[Any, Any]] | None = None     # what this package puts on things of others
    sections: Mapping[str, Callable[[Actor, Ref], Widget | None]] = field(default_factory=dict)     # by kind of thing: what stands on its page
    tags: Callable[[Collection[Any]], Mapping[Any, Collection[str]]] | None = None      # words by which things of others are searched: measure:M03
    nav: tuple[NavItem, ...] = ()
    badges: Mapping[str, Callable[[Any], Select[Any]]] = field(default_factory=dict)
    todos: tuple[Callable[[Actor], Iterable[Todo]], ...] = ()               # what somebody has to do
    engagements: tuple[Callable[[Actor], Iterable[Engagement]], ...] = ()   # where somebody has to be today
    widgets: tuple[Callable[[Actor], Widget | None], ...] = ()              # sections beside; None: nothing for this person
    head_widgets: tuple[Callable[[Actor, frozenset[int]], Widget | None], ...] = ()     # for who heads these units, all below included
    weeks: tuple[Callable[[Actor, Week], Iterable[Happened]], ...] = ()     # what came about in a section's week; at most two questions
    notices: tuple[NoticeKind, ...] = ()        # the kinds of what people are told of here
    topics: Callable[[Actor], list[str]] | None = None      # what an actor's connections follow from the start
    followers: Callable[[str, Collection[int]], set[int]] | None = None     # of these people those who may follow a topic of this package
    jumps: Callable[[Actor, str], list[Jump]] | None = None
    findables: Mapping[str, Findable] = field(default_factory=dict)
    nouns: Mapping[str, str] = field(default_factory=dict)      # by kind: what a thing is called that is neither shown nor findable
    audiences: Callable[[Actor], Iterable[str]] | None = None       # the circles an actor is in at this moment: what is found is in one of them
    candidates: tuple[Callable[[Actor], Iterable[Candidate]], ...] = ()     # what the council should speak of, of what an actor may see
    landmarks: Callable[[Actor, Collection[str]], Iterable[Landmark]] | None = None     # on the way of these measures, of what an actor may see
    places: Callable[[Actor, str], Iterable[str]] | None = None     # of these, those that somebody means by a name
    commands: click.Group | None = None
    effects: Mapping[type, Callable[[Any], None]] = field(default_factory=dict)     # of one kind several: each twice is once
    before_commit: tuple[Callable[..., None], ...] = ()
    on_refusal: tuple[Callable[[Actor, str, str], None], ...] = ()      # who, at which door, for what
    on_untold: tuple[Callable[[], None], ...] = ()      # what should have been told after a commit could not be
    labels: Mapping[str, Callable[[Collection[int]], Mapping[int, str]]] = field(default_factory=dict)      # of these things those read on record
    retained: Mapping[str, Retained] = field(default_factory=dict)      # by kind of thing: how long files on them may stay
    ports: Mapping[type, Any] = field(default_factory=dict)         # questions of kernel.ports that this package answers
    group_places: Mapping[str, Any] = field(default_factory=dict)   # by kind of thing: what this package opens for a group (kernel.ports.GroupPlace)
    restored: tuple[Callable[[], None], ...] = ()       # the house was brought back from a backup: within that transaction, nothing may go out again
    install: Callable[[Any], None] | None = None
    seed: Callable[[], None] | None = None


def furnish(features: tuple[Feature, ...]) -> None:
    """Fill the house from the manifests. Two owners for one thing, or a permission without a rule, end the start."""
    house.clear()
    for feature in features:
        _take(feature)


def _take(feature: Feature) -> None:
    house.features.append(feature)
    _add(house.rules, feature.rules)
    _add(house.access, feature.access)
    _add(house.events, {event.name(): event for event in feature.events})
    _add(house.cards, feature.cards)
    _add(house.sights, feature.sights)
    _add(house.findables, feature.findables)
    _add(house.nouns, feature.nouns)
    _add(house.notices, {kind.name: kind for kind in feature.notices})
    _add(house.ports, feature.ports)
    _add(house.group_places, feature.group_places)
    _add(house.labels, feature.labels)
    _add(house.retained, feature.retained)
    _add(house.schedules, {schedule.name: schedule for schedule in feature.schedules})
    house.before_commit.extend(feature.before_commit)
    house.on_refusal.extend(feature.on_refusal)
    house.on_untold.extend(feature.on_untold)
    for effect, deed in feature.effects.items():
        house.effects.setdefault(effect, []).append(deed)
    for kind, offers in feature.offers.items():
        house.offers.setdefault(kind, []).extend(offers)
    for kind, section in feature.sections.items():
        house.sections.setdefault(kind, []).append(section)
    if feature.chips:
        house.chips.append(feature.chips)
    if feature.landmarks:
        house.landmarks.append(feature.landmarks)
    if feature.tags:
        house.tags.append(feature.tags)
    if feature.reactions:
        _take_reactions(feature.reactions)


def _take_reactions(on: Reactions) -> None:
    for event, reactions in on.within_.items():
        house.within.setdefault(event, []).extend(reactions)
    for event, reactions in on.after_.items():
        house.after.setdefault(event, []).extend(reactions)
    for event, reactions in on.together_.items():
        house.together.setdefault(event, []).extend(reactions)
    for event, reactions in on.later_.items():
        _add(house.later.setdefault(event, {}), {_name_of(reaction): reaction for reaction in reactions})
    house.for_all |= set(map(_name_of, on.for_all))


def _name_of(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__qualname__}"


def _add(table: dict[Any, Any], more: Mapping[Any, Any]) -> None:
    twice = table.keys() & more.keys()
    if twice:
        raise ValueError(f"declared twice: {sorted(map(str, twice))}")
    table.update(more)
