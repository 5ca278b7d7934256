"""The meetings of the demo city: made by the commands, as its own secretaries would."""
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from groupware.directory.queries import actor_for, ids_by_staff_number
from groupware.files.sending import send
from groupware.kernel import clock, json
from groupware.kernel.actor import Actor
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.papers import hang_papers
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.forms import BodyDraft, ItemDraft, PapersDraft, SittingDraft
from meetings.minuting_seeds import write_down
from meetings.models.bodies import ROLES

FOLDER = Path(__file__).parent / "demo"
CALLED_AHEAD = timedelta(days=2)
FIELDS = ("title", "kind", "minutes", "level", "presenter")
FONT = (        # one that every reader of PDF brings along
    b"<</Type/Font/Subtype/Type0/BaseFont/HeiseiKakuGo-W5/Encoding/UniJIS-UTF16-H/DescendantFonts[6 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/HeiseiKakuGo-W5/CIDSystemInfo 8 0 R/FontDescriptor 7 0 R/DW 1000>>",
    b"<</Type/FontDescriptor/FontName/HeiseiKakuGo-W5/Flags 4/FontBBox[-92 -250 1010 922]/ItalicAngle 0/Ascent 752/Descent -221/StemV 114>>",
    b"<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>")


def plant() -> None:
    city = City()
    told = json.loads((FOLDER / "meetings.json").read_bytes())
    for body in told["bodies"]:
        city.found(body)
    for sitting in told["sittings"]:
        city.plan(sitting)


class City:
    """Finds people by staff number and bodies by the keys of the demo file."""

    def __init__(self) -> None:
        self.people = ids_by_staff_number()
        self.bodies: dict[str, int] = {}

    def found(self, body: dict[str, Any]) -> None:
        members = tuple((self.people[each], role) for role in ROLES for each in body.get(role, []))
        self.bodies[body["key"]] = found_body(self.actor(body["by"]), BodyDraft(body["name"], body["level"], members, body["purpose"]))

    def plan(self, sitting: dict[str, Any]) -> None:
        """Prepared and called as the demo city begins, or two days before if it is over by then."""
        secretary, starts = self.actor(sitting["by"]), _moment(sitting["day"], sitting["time"])
        with clock.at(min(clock.now(), starts - CALLED_AHEAD)):
            sitting_id: int = plan_sitting(secretary, self.bodies[sitting["body"]], SittingDraft(starts, sitting["place"]))
            for item in sitting["items"]:
                self.add(secretary, sitting_id, item, None)
            call_sitting(secretary, sitting_id)
        if "record" in sitting:
            write_down(sitting_id, starts, sitting["record"], self.actor)

    def add(self, secretary: Actor, sitting_id: int, item: dict[str, Any], parent: int | None) -> None:
        form = MultiDict([(key, str(item[key])) for key in FIELDS if key in item])
        if parent:
            form["parent"] = str(parent)
        if "presenter_id" in item:
            form["presenter_id"] = str(self.people[item["presenter_id"]])
        item_id: int = add_item(secretary, sitting_id, ItemDraft.parse(form))
        files = [(send(secretary, f"{title}.pdf", [sheet(title)]).id, title) for title in item.get("papers", [])]
        if files:
            hang_papers(secretary, item_id, PapersDraft(tuple(files)))
        for below in item.get("below", []):
            self.add(secretary, sitting_id, below, item_id)

    def actor(self, staff_number: str) -> Actor:
        found = actor_for(self.people[staff_number])
        if found is None:
            raise LookupError(f"the demo file names {staff_number}, whom the directory does not know")
        return found


def sheet(title: str) -> bytes:
    """A PDF of one page with its title."""
    words = f"BT /F 24 Tf 60 760 Td <{title.encode('utf-16-be').hex()}> Tj ET".encode()
    things = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
              b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
              b"<</Length %d>>stream\n%s\nendstream" % (len(words), words), *FONT)
    out, places = b"%PDF-1.5\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(things) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, table, count, len(out))


def _moment(day: int, hour: str) -> datetime:
    """So many days from today, and on to a working day."""
    found = clock.today() + timedelta(days=day)
    while found.weekday() > 4:
        found += timedelta(days=1)
    return datetime.combine(found, time.fromisoformat(hour), clock.JST)
