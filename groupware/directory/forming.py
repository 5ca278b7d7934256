"""Groups that another room keeps: whoever is in its team, and nobody else."""
from collections.abc import Collection
from contextlib import suppress

from groupware.directory.commands.groups import change_group, create_group
from groupware.directory.forms import GroupDraft
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already


def form_group(actor: Actor, name: str, people: Collection[int]) -> int:
    """Inside a command of the feature. The group's id."""
    made: int = create_group(actor, GroupDraft(name, frozenset(people)))
    return made


def refill_group(actor: Actor, group_id: int, name: str, people: Collection[int]) -> None:
    with suppress(Already):
        change_group(actor, group_id, GroupDraft(name, frozenset(people)))
