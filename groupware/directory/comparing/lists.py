"""Both lists: what one that was brought would change, and what the directory would write."""
from datetime import date

from groupware.directory.comparing.known import known_people
from groupware.directory.comparing.people import PeoplePlan, plan_people
from groupware.directory.comparing.units import UnitPlan, plan_units, written
from groupware.directory.forms import UNITS
from groupware.directory.models import DEPARTED
from groupware.directory.queries.units import all_units, units_by_id, versions_on
from groupware.directory.tables.reading import read


def plan_list(what: str, body: bytes, day: date) -> UnitPlan | PeoplePlan:
    """Raises Invalid for a file that cannot be read at all; what is wrong with single lines stands in the plan."""
    sheet = read(what, body)
    plan = plan_units(sheet, day) if what == UNITS else plan_people(sheet, day)
    if sheet.unused:
        plan.notes.append(f"使わない列があります：{'、'.join(sheet.unused)}。")
    return plan


def written_list(what: str, day: date) -> list[dict[str, str]]:
    """Units from the top down; people by number, without those who have departed."""
    if what == UNITS:
        now, versions = units_by_id(day), versions_on(day)
        return [written(node, now, versions[node.id]) for node in all_units(day)]
    return [person.cells for person in known_people(day).people.values() if person.state != DEPARTED]
