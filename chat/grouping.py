"""The room of a group: our answer to ``kernel.ports.GroupPlace``."""
from contextlib import suppress

from chat.commands.rooms import close_group_room, follow_rules, open_group_room
from groupware.kernel.actor import SYSTEM
from groupware.kernel.commands import Already
from groupware.kernel.ports import Band
from groupware.kernel.ref import Ref


class GroupRooms:
    def open(self, band: Band) -> Ref:
        return Ref("chat.room", open_group_room(SYSTEM, band.group_id, band.name, band.purpose))

    def follow(self, ref: Ref, _: Band) -> None:
        with suppress(Already):
            follow_rules(SYSTEM, ref.id)

    def close(self, ref: Ref) -> None:
        close_group_room(SYSTEM, ref.id)
