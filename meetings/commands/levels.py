"""What holds for an item: the closest of what was said of it, of the items above it and of its body."""
from collections.abc import Sequence

from meetings.models.bodies import Body, closest
from meetings.models.sittings import Item


def level_items(items: Sequence[Item], body: Body) -> None:
    """Of whole sittings, inside a command."""
    known: dict[int | None, str] = {None: body.level}
    left = list(items)
    while left:
        for item in [item for item in left if item.parent_id in known]:
            item.level = known[item.id] = closest(known[item.parent_id], item.own_level)
        left = [item for item in left if item.id not in known]
