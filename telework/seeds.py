"""The week of the demo city: who works where, and two applications on their way. Invented."""
from datetime import date, timedelta

from groupware.directory.queries import actor_for, ids_by_staff_number
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from telework.commands.applications import ask_to_work_at_home, move_application
from telework.commands.days import say_place
from telework.forms import ApplicationDraft, PlaceDraft
from telework.models.days import HALVES
from telework.rules import week_of

# staff number, day of the week, halves, place, reach, note
SAID = (("002977", 1, "pm", "out", "phone", "東部出張所"), ("002079", 3, "day", "trip", "phone", "札幌 研修"),
        ("004503", 0, "day", "leave", "none", ""),
        ("003861", 2, "day", "home", "any", ""), ("003522", 4, "am", "out", "any", "現地の確認"), ("002845", 2, "pm", "leave", "none", ""))
WORK = "様式の見直しのたたき台をつくる。電話の取り次ぎは窓口係に頼んである。"
CLERK, HEAD = "002977", "002079"


def plant() -> None:
    people = ids_by_staff_number()
    if CLERK not in people or HEAD not in people:       # another city's people: nothing is said for them
        return
    monday = week_of(clock.today())[0]
    for number, weekday, span, place, reach, note in SAID:
        day = monday + timedelta(days=weekday)
        say_place(_actor(people[number]), PlaceDraft(day, day, tuple(HALVES) if span == "day" else (span,), place, reach, note))
    clerk, head = _actor(people[CLERK]), _actor(people[HEAD])
    first, second = (_next(monday, weeks, weekday) for weeks, weekday in ((1, 2), (2, 2)))
    granted = ask_to_work_at_home(clerk, ApplicationDraft(first, "day", "work", WORK, "080-0000-0000", "貸与端末 T-031", ("personal",)))
    move_application(head, granted, "grant")
    ask_to_work_at_home(clerk, ApplicationDraft(second, "day", "childcare", WORK, "080-0000-0000", "", ("personal",)))


def _next(monday: date, weeks: int, weekday: int) -> date:
    return monday + timedelta(days=7 * weeks + weekday)


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(user_id)
    return found
