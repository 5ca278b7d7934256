"""What is known of the house while it stands: rules, events, reactions, cards. Filled once by the manifests at the start."""
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class House:
    rules: dict[Any, Callable[..., bool]] = field(default_factory=dict)
    access: dict[str, Any] = field(default_factory=dict)
    events: dict[str, Any] = field(default_factory=dict)
    within: dict[type, list[Callable[..., Any]]] = field(default_factory=dict)
    after: dict[type, list[Callable[..., Any]]] = field(default_factory=dict)
    together: dict[type, list[Callable[..., Any]]] = field(default_factory=dict)
    later: dict[type, dict[str, Callable[..., Any]]] = field(default_factory=dict)
    for_all: set[str] = field(default_factory=set)      # of these: what one run serves a whole batch with
    effects: dict[type, list[Callable[..., None]]] = field(default_factory=dict)
    cards: dict[str, Callable[..., Any]] = field(default_factory=dict)
    sights: dict[str, Callable[..., Any]] = field(default_factory=dict)
    findables: dict[str, Any] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    notices: dict[str, Any] = field(default_factory=dict)
    before_commit: list[Callable[..., None]] = field(default_factory=list)
    on_refusal: list[Callable[..., None]] = field(default_factory=list)
    on_untold: list[Callable[[], None]] = field(default_factory=list)
    schedules: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, Callable[..., Any]] = field(default_factory=dict)
    retained: dict[str, Any] = field(default_factory=dict)
    ports: dict[type, Any] = field(default_factory=dict)
    offers: dict[str, list[Any]] = field(default_factory=dict)
    chips: list[Callable[..., Any]] = field(default_factory=list)
    landmarks: list[Callable[..., Any]] = field(default_factory=list)
    tags: list[Callable[..., Any]] = field(default_factory=list)
    group_places: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, list[Callable[..., Any]]] = field(default_factory=dict)
    features: list[Any] = field(default_factory=list)

    def clear(self) -> None:
        """Back to an empty plot: a process may build several applications one after another."""
        self.__init__()     # type: ignore[misc]


house = House()
