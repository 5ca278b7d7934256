"""The doors of the viewer and of following the presenter, as the manifest lists them."""
from meetings import following, sockets
from meetings.permissions import Meetings

ACCESS = {
    "meetings.viewing": Meetings.SEE, "meetings.stack": Meetings.SEE, "meetings.place": Meetings.FOLLOW, "meetings.turn": Meetings.PRESENT,
    "meetings.take_floor": Meetings.PRESENT, "meetings.hand_floor": Meetings.PRESENT, "meetings.leave_floor": Meetings.PRESENT,
    "meetings.call_everyone": Meetings.PRESENT, "meetings.notes": Meetings.NOTE, "meetings.keep_notes": Meetings.NOTE,
    "meetings.enter": Meetings.FOLLOW, "meetings.present": Meetings.PRESENT, "meetings.note": Meetings.NOTE,
    "meetings.look": Meetings.FOLLOW, "meetings.point": Meetings.PRESENT}
SOCKETS = {"meetings.enter": sockets.enter, "meetings.present": sockets.turn, "meetings.note": sockets.notes}
SIGNALS = {"meetings.look": following.look, "meetings.point": following.point}
