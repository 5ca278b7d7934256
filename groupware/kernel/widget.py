"""A piece of the first page: what a feature knows of a person's day."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Widget:
    """``sentence`` stands in the lead of the page; ``template`` gets the widget itself; ``count`` carries its unit."""

    title: str
    count: str
    template: str
    rows: list[object]
    sentence: str = ""
    url: str = ""
