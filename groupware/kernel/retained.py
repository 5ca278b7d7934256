"""How long files stay: what a feature says of the kinds of things on which it hangs files."""
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Retained:
    """``words``: what the administrator's table calls files on such things. ``ended``: of these things, by id, those that are over, and since when;
    None where such things are never over.
    """

    words: str
    ended: Callable[[Collection[int]], Mapping[int, datetime]] | None = None
