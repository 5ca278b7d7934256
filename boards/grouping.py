"""The board of a group: our answer to ``kernel.ports.GroupPlace``. Its rights are the group's own, so that there is nothing to follow."""
from contextlib import suppress

from boards.commands.places import archive_board, found_board
from boards.forms.places import BoardDraft
from boards.models.places import COMMENT, POST
from groupware.directory.queries import circle
from groupware.kernel.actor import SYSTEM
from groupware.kernel.commands import Already
from groupware.kernel.ports import Band
from groupware.kernel.ref import Ref


class GroupBoards:
    def open(self, band: Band) -> Ref:
        mine = circle("group", band.group_id)
        draft = BoardDraft(band.name, band.purpose, rights=frozenset({(POST, mine), (COMMENT, mine)}), of_group=True)
        return Ref("boards.board", found_board(SYSTEM, draft))

    def follow(self, ref: Ref, band: Band) -> None:
        """Whoever is in the group of this moment reads and writes."""

    def close(self, ref: Ref) -> None:
        with suppress(Already):
            archive_board(SYSTEM, ref.id)
