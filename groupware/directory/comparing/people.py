"""A list of people beside the staff of that day."""
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from groupware.directory.comparing.cells import full_line, read_roles, read_state
from groupware.directory.comparing.keys import keys_of, not_found, note_uneven
from groupware.directory.comparing.known import Known, Person, known_people
from groupware.directory.comparing.plan import Difference, Plan, differences, kept
from groupware.directory.comparing.seats import read_seats
from groupware.directory.forms import PEOPLE, PersonDraft, PlaceDraft, day
from groupware.directory.models import ACTIVE, DEPARTED, MAIN, ROLES, STATES
from groupware.directory.queries.places import Place
from groupware.directory.tables.columns import title_of
from groupware.directory.tables.reading import Line, Sheet
from groupware.kernel import clock
from groupware.kernel.errors import Invalid

CAN_BE_EMPTIED = {"given", "given_kana", "email", "extension", "unit_code", "post", "also", "roles"}     # else an empty cell means: as it is


@dataclass(frozen=True, slots=True)
class NewPerson:
    line: int
    draft: PersonDraft
    place: PlaceDraft
    seats: list[PlaceDraft]
    roles: list[str]

    def as_shown(self) -> dict[str, Any]:
        draft, place = self.draft, self.place
        return {"line": self.line, "key": draft.staff_number, "who": f"{draft.family_name} {draft.given_name}".strip(), "day": place.starts_on,
                "where": f"{place.unit_code} {place.post}".strip(), "seats": [seat.unit_code for seat in self.seats], "roles": self.roles}


@dataclass(slots=True)
class ChangedPerson:
    """What is empty stays as it is."""

    line: int
    user_id: int
    key: str
    who: str
    draft: PersonDraft | None = None
    place: PlaceDraft | None = None
    state: str = ""
    seats: list[PlaceDraft] = field(default_factory=list)
    ended: list[Place] = field(default_factory=list)
    granted: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)

    def as_shown(self) -> dict[str, Any]:
        return {"line": self.line, "key": self.key, "who": self.who, "fields": self.differences, "day": self.place.starts_on if self.place else None}


PeoplePlan = Plan[NewPerson, ChangedPerson]


def plan_people(sheet: Sheet, on: date) -> PeoplePlan:
    """A fixed number of queries, however long the list."""
    plan: PeoplePlan = Plan(PEOPLE, on)
    known = known_people(on)
    lines = keys_of(plan, sheet.lines, "staff_number", known.people)
    for number, line in lines.items():
        whole = full_line(line, number)
        _look_at_nature(plan, line)
        if number in known.people:
            _compare(plan, known, whole, known.people[number])
        else:
            _take_on(plan, known, whole)
    plan.missing = [(number, person.name) for number, person in known.people.items() if number not in lines and person.state != DEPARTED]
    note_uneven(plan, [new.draft.staff_number for new in plan.new], "staff_number")
    _note_posts(plan, known)
    return plan


def _take_on(plan: PeoplePlan, known: Known, line: Line) -> None:
    before = len(plan.troubles)
    cells = {name: line.cells.get(name, "") for name in ("family", "unit_code", "post", "also", "roles", *line.cells)}
    with plan.troubles_of(line.number):
        draft = PersonDraft.parse(cells)
        _refuse_kind(draft, known)
        _refuse_gone(cells)
    with plan.troubles_of(line.number):
        starts = day(cells, "starts_on") or plan.day
        place = _place(cells, starts, known)
    with plan.troubles_of(line.number):
        seats = [_seat(seat, starts, known) for seat in read_seats(cells["also"]).values()]
    with plan.troubles_of(line.number):
        roles = sorted(read_roles(cells["roles"]))
    if len(plan.troubles) == before:
        plan.new.append(NewPerson(line.number, draft, place, seats, roles))


def _compare(plan: PeoplePlan, known: Known, line: Line, person: Person) -> None:
    change = ChangedPerson(line.number, person.id, person.cells["staff_number"], person.name)
    cells = kept(person.cells, {name: value for name, value in line.cells.items() if name in person.cells and (value or name in CAN_BE_EMPTIED)})
    with plan.troubles_of(line.number):
        _compare_person(change, cells, person, known)
    with plan.troubles_of(line.number):
        _compare_state(change, cells, person, plan.day)
    for part in () if (change.state or person.state) == DEPARTED else (_compare_place, _compare_seats, _compare_roles):
        with plan.troubles_of(line.number):
            part(change, cells, person, known, plan.day)
    if change.differences:
        plan.changed.append(change)
    else:
        plan.unchanged += 1


def _compare_person(change: ChangedPerson, cells: dict[str, str], person: Person, known: Known) -> None:
    draft = PersonDraft.parse(cells)
    found = differences(PEOPLE, person.cells, {
        "family": draft.family_name, "given": draft.given_name, "family_kana": draft.family_kana, "given_kana": draft.given_kana, "kind": draft.kind,
        "email": draft.email, "extension": draft.extension})
    if found:
        _refuse_kind(draft, known)
        change.draft = draft
        change.differences += found


def _compare_state(change: ChangedPerson, cells: dict[str, str], person: Person, on: date) -> None:
    state = read_state(cells["state"])
    if state == person.state:
        return
    if on > clock.today():
        raise Invalid(state="停止・退職・復職は、その日が来てから取り込んでください（適用日が先の日になっています）。")
    change.state = state
    change.differences.append((title_of(PEOPLE, "state"), STATES[person.state], STATES[state]))


def _compare_place(change: ChangedPerson, cells: dict[str, str], person: Person, known: Known, on: date) -> None:
    main = person.main
    if main and (cells["unit_code"], cells["post"]) == (person.cells["unit_code"], person.cells["post"]):
        return
    said = day(cells, "starts_on")
    starts = said if said and (main is None or said > main.starts_on) else on
    if main and starts <= main.starts_on:
        raise Invalid(starts_on=f"いまの主務が {main.starts_on.isoformat()} に始まっているので、異動はその次の日からにしてください。")
    if person.booked:
        raise Invalid(unit_code=f"{person.booked.isoformat()} からの主務が予約されています。先にそちらを取り消してください。")
    change.place = _place(cells, starts, known)
    change.differences += differences(PEOPLE, _named(person.cells, known), _named(cells, known))


def _compare_seats(change: ChangedPerson, cells: dict[str, str], person: Person, known: Known, on: date) -> None:
    wanted = read_seats(cells["also"])
    change.seats = [_seat(draft, on, known) for seat, draft in wanted.items() if seat not in person.seats]
    change.ended = [place for seat, place in person.seats.items() if seat not in wanted]
    if change.seats or change.ended:
        change.differences.append((title_of(PEOPLE, "also"), person.cells["also"], cells["also"]))


def _compare_roles(change: ChangedPerson, cells: dict[str, str], person: Person, _: Known, __: date) -> None:
    wanted = read_roles(cells["roles"])
    change.granted, change.taken = sorted(wanted - person.roles), sorted(person.roles - wanted)
    if change.granted or change.taken:
        after = ";".join(label for role, label in ROLES.items() if role in wanted)
        change.differences.append((title_of(PEOPLE, "roles"), person.cells["roles"], after))


def _place(cells: dict[str, str], starts: date, known: Known) -> PlaceDraft:
    """The 主務. Raises Invalid."""
    return _seat(PlaceDraft.parse({"unit_code": cells["unit_code"], "post": cells["post"]}), starts, known)


def _seat(draft: PlaceDraft, starts: date, known: Known) -> PlaceDraft:
    """From that day on, if the unit stands so long. Raises Invalid."""
    span = known.units.get(draft.unit_code)
    if span is None:
        raise Invalid(unit_code=not_found(draft.unit_code, known.units))
    if starts < span.begins or span.ends:
        told = f"{span.begins.isoformat()} から" if starts < span.begins else f"{span.ends} まで"
        raise Invalid(unit_code=f"{draft.unit_code} {span.name}は、{told}の組織です。")
    return PlaceDraft(draft.unit_code, draft.nature, draft.post, starts)


def _look_at_nature(plan: PeoplePlan, line: Line) -> None:
    if line.cells.get("nature", MAIN) not in ("", MAIN):
        plan.trouble(line.number, "nature", "一人の行は主務です。兼務などは「兼務」の列に書いてください。")


def _refuse_kind(draft: PersonDraft, known: Known) -> None:
    if draft.kind not in known.kinds:
        raise Invalid(kind=f"区分「{draft.kind}」は一覧にありません（{'・'.join(known.kinds)}）。先に一覧へ加えてください。")


def _refuse_gone(cells: dict[str, str]) -> None:
    if cells.get("state") and read_state(cells["state"]) != ACTIVE:
        raise Invalid(state="登録のない職員です。はじめて登録する人の状態は「在職」だけです。")


def _named(cells: dict[str, str], known: Known) -> dict[str, str]:
    """Codes say little to a person: the name stands beside."""
    span = known.units.get(cells["unit_code"])
    return {"unit_code": f"{cells['unit_code']} {span.name}" if span else cells["unit_code"], "post": cells["post"]}


def _note_posts(plan: PeoplePlan, known: Known) -> None:
    touched: list[NewPerson | ChangedPerson] = [*plan.new, *plan.changed]
    posts = {place.post for each in touched for place in (each.place, *each.seats) if place}
    new = sorted(posts - known.posts - {""})
    if new:
        plan.notes.append(f"新しい職名ができます：{'、'.join(new)}。書き間違いでないか確かめてください。")
