"""The leaders of the demo city: whoever holds the role has come to it step by step, some are on the way, one is being reviewed."""
from datetime import date, datetime, time, timedelta

from groupware.directory.queries import actor_for, holders_of_role, ids_by_unit_code, members_of_unit, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from training.commands.leaders import excuse_section, keep_practice, move_term, name_candidate, offer_oneself, recommend_person
from training.forms.leaders import REQUIREMENTS, ExcuseDraft, MoveDraft, PracticeDraft
from training.queries.leaders import heads_of, survey

WHY = "課の仕事をよく知り、新しいやり方を試して周りに伝えている（実演の例）"
DONE = (("advice", 30, "申請書の入力の型を、表計算で一緒につくった"), ("support", 15, "オンライン申請の受付の画面の見方を伝えた"),
        ("advice", 60, "毎月の集計を、写し取らずに済む形に改める相談"), ("lesson", 90, "課の勉強会で、チャットの使い分けを話した"),
        ("advice", 45, "窓口の案内を、待っている人に見える形にする相談"))
BEFORE = timedelta(days=20)         # from the nomination to the appointment
ENDS_IN_SPRING = 6      # so many of them began in the spring of two years ago


def plant() -> None:
    leaders, steering = holders_of_role("leader"), holders_of_role("steering")
    if not (leaders and steering):      # a house without those people has the rules, and nobody yet
        return
    keeper = _actor(steering[0])
    for place, user_id in enumerate(leaders):
        _appointed(keeper, user_id, _began(user_id, place), place)
    db.end_reading()
    _practise(leaders)
    _on_the_way(keeper)


def _began(user_id: int, place: int) -> date:
    """Never before they sat in the city hall."""
    year = clock.fiscal_year(clock.today())
    days = (date(year - 2, 6, 3), date(year - 1, 5, 12), date(year, 5, 20))[0 if place < ENDS_IN_SPRING else 1 + place % 2:]
    return next(day for day in days if day == days[-1] or people_cards([user_id], day - BEFORE)[user_id].unit_id)


def _appointed(keeper: Actor, user_id: int, day: date, place: int) -> None:
    with clock.at(_moment(day - BEFORE)):
        number = name_candidate(keeper, user_id, WHY)
    with clock.at(_moment(day)):
        for act in ("check", "select", "finish"):
            move_term(keeper, number, MoveDraft(act, checks=tuple(REQUIREMENTS)))
        move_term(keeper, number, MoveDraft("appoint", starts_on=day, order_number=f"行管第{100 + place}号"))
    if place == 0:
        move_term(keeper, number, MoveDraft("review"))


def _practise(leaders: list[int]) -> None:
    units = sorted(ids_by_unit_code().items())
    for place, user_id in enumerate(leaders):
        for turn, (sort, minutes, summary) in enumerate(DONE[:2 + place % 4]):
            unit = units[(place * 3 + turn) % len(units)][1]
            keep_practice(_actor(user_id), None, PracticeDraft(clock.today() - timedelta(days=5 + 9 * turn + place), minutes, sort, summary, unit))


def _on_the_way(keeper: Actor) -> None:
    """In sections that nobody leads yet: one recommended, one who has offered; one section excused."""
    vacant = [section for section in survey().sections if section.state == "vacant"]
    able = [(section, heads_of(section.unit.id), members_of_unit(section.unit.id)) for section in vacant]
    able = [(section, heads, [each for each in people if each not in heads]) for section, heads, people in able if heads]
    staffed = [(section, heads, people) for section, heads, people in able if people]
    for (_, heads, people), way in zip(staffed, ("recommended", "offered", "checked"), strict=False):
        if way == "offered":
            offer_oneself(_actor(people[-1]), people[-1], "課の紙の台帳を減らす役に立ちたい（実演の例）")
            continue
        number = recommend_person(_actor(heads[0]), people[-1], WHY)
        if way == "checked":
            move_term(keeper, number, MoveDraft("check", checks=tuple(REQUIREMENTS)))
    if vacant:
        excuse_section(keeper, vacant[-1].unit.id, ExcuseDraft(clock.today() + timedelta(days=120), "来年度に組織を改めるため（実演の例）"))


def _moment(day: date) -> datetime:
    return min(datetime.combine(day, time(9, 30), clock.JST), clock.now())


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
