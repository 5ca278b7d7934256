"""The body that a group meets as: our answer to ``kernel.ports.GroupPlace``."""
from groupware.kernel.actor import SYSTEM
from groupware.kernel.ports import Band
from groupware.kernel.ref import Ref
from meetings.commands.bodies import align_body, archive_body, found_body
from meetings.forms import BodyDraft
from meetings.models.bodies import MEMBER, MEMBERS, SECRETARY


class GroupBodies:
    def open(self, band: Band) -> Ref:
        seated = tuple((each, SECRETARY if each in band.leads else MEMBER) for each in band.people)
        return Ref("meetings.body", found_body(SYSTEM, BodyDraft(band.name, MEMBERS, seated, band.purpose)))

    def follow(self, ref: Ref, band: Band) -> None:
        align_body(SYSTEM, ref.id, band.people, band.leads)

    def close(self, ref: Ref) -> None:
        archive_body(SYSTEM, ref.id)
