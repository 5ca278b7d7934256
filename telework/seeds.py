"""The week of the demo city: who works where, and two applications on their way. Invented."""
from datetime import date, datetime, time, timedelta

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
OUTCOME = "様式の案を三つにしぼった。"
DONE = ((-1, 1), (-2, 3), (-3, 1), (-4, 2))       # weeks from this one, day of the week: worked and confirmed
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
    for weeks, weekday in DONE:
        _work_at_home(clerk, head, _next(monday, weeks, weekday))
    granted = ask_to_work_at_home(clerk, _draft(first, place="satellite", place_name="東部出張所", takes_out="貸与端末 T-031"))
    move_application(head, granted, "grant")
    ask_to_work_at_home(clerk, _draft(second, _next(monday, 2, 4), reason="childcare"))


def _work_at_home(clerk: Actor, head: Actor, day: date) -> None:
    """From the application to the confirmation; half a day."""
    with clock.at(datetime.combine(day, time(8, 30), clock.JST)):
        number = ask_to_work_at_home(clerk, _draft(day, span="pm"))
        for who, act, words in ((head, "grant", ""), (clerk, "start", ""), (clerk, "report", OUTCOME), (head, "confirm", "")):
            move_application(who, number, act, words)


def _draft(*days: date, span: str = "day", reason: str = "work", **more: str) -> ApplicationDraft:
    return ApplicationDraft(days, span, reason, WORK, "080-0000-0000", more.pop("takes_out", ""), ("personal",), **more)


def _next(monday: date, weeks: int, weekday: int) -> date:
    return monday + timedelta(days=7 * weeks + weekday)


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(user_id)
    return found
