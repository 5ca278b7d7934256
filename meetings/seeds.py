"""The meetings of the demo city: made by the commands, as its own secretaries would."""
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from groupware.directory.queries import actor_for, ids_by_staff_number
from groupware.files.sending import send
from groupware.kernel import clock, json
from groupware.kernel.actor import Actor
from groupware.printing.press import printed
from meetings.asking_seeds import ask_around
from meetings.commands.awaiting import await_paper
from meetings.commands.bodies import found_body
from meetings.commands.items import add_item
from meetings.commands.papers import hang_papers
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.demo_papers import paper
from meetings.forms import BodyDraft, ItemDraft, PapersDraft, SittingDraft
from meetings.inquiry_drafts import AwaitedDraft
from meetings.minuting_seeds import write_down
from meetings.models.bodies import ROLES

FOLDER = Path(__file__).parent / "demo"
CALLED_AHEAD = timedelta(days=2)
FIELDS = ("title", "kind", "minutes", "level", "presenter")


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
        if "inquiry" in sitting:
            ask_around(secretary, sitting_id, starts, sitting["inquiry"], self.actor)
        if "record" in sitting:
            write_down(sitting_id, starts, sitting["record"], self.actor)

    def add(self, secretary: Actor, sitting_id: int, item: dict[str, Any], parent: int | None) -> None:
        form = MultiDict([(key, str(item[key])) for key in FIELDS if key in item])
        if parent:
            form["parent"] = str(parent)
        if "presenter_id" in item:
            form["presenter_id"] = str(self.people[item["presenter_id"]])
        item_id: int = add_item(secretary, sitting_id, ItemDraft.parse(form))
        files = [(send(secretary, f"{title}.pdf", [printed(paper(title))]).id, title) for title in item.get("papers", [])]
        if files:
            hang_papers(secretary, item_id, PapersDraft(tuple(files)))
        if "awaited" in item:
            await_paper(secretary, item_id, AwaitedDraft(item["awaited"], due_on=clock.today()))
        for below in item.get("below", []):
            self.add(secretary, sitting_id, below, item_id)

    def actor(self, staff_number: str) -> Actor:
        found = actor_for(self.people[staff_number])
        if found is None:
            raise LookupError(f"the demo file names {staff_number}, whom the directory does not know")
        return found


def _moment(day: int, hour: str) -> datetime:
    """So many days from today, and on to a working day."""
    found = clock.today() + timedelta(days=day)
    while found.weekday() > 4:
        found += timedelta(days=1)
    return datetime.combine(found, time.fromisoformat(hour), clock.JST)
