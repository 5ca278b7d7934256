"""Plans of the demo city: one carried over from last year, one that waits for its head, one that came back; and who came by a transfer."""
from datetime import date, datetime, time

from groupware.directory.queries import actor_for, holders_of_role, members_of_unit, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from training.calendar.plans import keep_plans
from training.commands.plans import move_plan, renew_plan, rewrite_plan, write_plan
from training.forms.plans import ItemDraft, PlanDraft
from training.queries.leaders import heads_of, survey
from training.queries.skills import skills_in_force

AIMS = ("窓口の集計を、写し取らずに済む形にしたい（実演の例）", "課の人の相談に、落ち着いて答えられるようになりたい（実演の例）",
        "受付をオンラインで開けるようになりたい（実演の例）")
SECTIONS, NOTED = 4, "毎月の係会議で話しましょう。（実演の例）"


def plant() -> None:
    skills = [skill.id for skill in skills_in_force()]
    if not (skills and holders_of_role("steering")):
        return
    for unit_id, people in _largest():
        heads = heads_of(unit_id)
        if heads:
            _planned(_actor(heads[0]), [_actor(each) for each in people if each not in heads][:3], skills)
    db.end_reading()
    keep_plans()


def _largest() -> list[tuple[int, list[int]]]:
    """The sections with most people of their own."""
    staffed: dict[int, list[int]] = {section.unit.id: [] for section in survey().sections}
    everybody = {each for unit_id in staffed for each in members_of_unit(unit_id)}
    for card in people_cards(everybody).values():
        staffed.get(card.unit_id or 0, []).append(card.id)
    return sorted(((unit_id, sorted(people)) for unit_id, people in staffed.items()), key=lambda each: -len(each[1]))[:SECTIONS]


def _planned(head: Actor, people: list[Actor], skills: list[int]) -> None:
    """Last year is told only of whom sat there then, under that head."""
    year = clock.fiscal_year(clock.today())
    then = people_cards([each.user_id for each in (head, *people)], date(year - 1, 5, 13))
    stayed = [each for each in people if then[each.user_id].unit_id and then[each.user_id].unit_id == then[head.user_id].unit_id]
    if stayed:
        _carried_over(head, stayed[0], skills, year)
    for place, actor in enumerate([each for each in people if each not in stayed[:1]], 1):
        number = write_plan(actor, year, _draft(place, skills, year))
        move_plan(actor, number, "submit")
        if place == 2:
            move_plan(head, number, "take")
            move_plan(head, number, "return", "三月までは窓口が混むので、日を早めましょう。（実演の例）")


def _carried_over(head: Actor, actor: Actor, skills: list[int], year: int) -> None:
    """Last year's is complete, what was not reached goes on in this year's, which both have begun to note in."""
    with clock.at(_morning(date(year - 1, 5, 13))):
        before = write_plan(actor, year - 1, _draft(0, skills, year - 1))
        for who, act in ((actor, "submit"), (head, "take"), (head, "agree")):
            move_plan(who, before, act)
    with clock.at(_morning(date(year, 3, 24))):
        move_plan(head, before, "complete")
    with clock.at(_morning(date(year, 4, 14))):
        number = renew_plan(actor, before)
        rewrite_plan(actor, number, _draft(0, skills, year))
        for who, act, words in ((actor, "submit", ""), (head, "take", ""), (head, "agree", ""), (head, "note", NOTED)):
            move_plan(who, number, act, words)


def _draft(place: int, skills: list[int], year: int) -> PlanDraft:
    items = (ItemDraft("skill", skills[place % len(skills)], 3, date(year, 12, 25), "毎月の集計で使ってみる（実演の例）"),
             ItemDraft("skill", skills[(place + 1) % len(skills)], 2, date(year + 1, 3, 19), "課の勉強会に出る（実演の例）"))
    return PlanDraft(AIMS[place % len(AIMS)], items[:len(skills)])


def _morning(day: date) -> datetime:
    return min(datetime.combine(day, time(9, 30), clock.JST), clock.now())


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
