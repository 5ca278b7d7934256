"""The courses of the demo city: one for all, one for leaders, one that is full; some completed outside, somebody excused, those missing reminded."""
from collections import Counter
from datetime import date, datetime, time, timedelta

from groupware.directory.queries import actor_for, holders_of_role, people_cards
from groupware.directory.queries.lists import all_posts
from groupware.files.sending import send
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.holidays import is_closed
from groupware.printing.documents import Document, heading, text
from groupware.printing.press import printed
from training.bringing import look_at
from training.commands.bringing import bring_list, take_in
from training.commands.courses import make_course, move_sitting, plan_sitting
from training.commands.duties import chase_missing, excuse_duty
from training.commands.seats import mark_seats, move_seat
from training.forms.courses import CourseDraft, Mark, SittingDraft
from training.models.courses import ALONE, BOOKED, COMPLETED, GATHERED
from training.queries.courses import kept_for, takings
from training.queries.duties import pupils, watched_for
from training.queries.leaders import heads_of
from training.queries.outside import bringing_for
from training.seeds import surveys
from training.seeds.quizzes import answer, ask

SAFETY = ("情報セキュリティの基礎", ("職員全員が年に一度学ぶ、情報の扱いの基本です。\n・知らない人からのメールと添付ファイル\n・持ち出しと置き忘れ\n"
          "・パスワードと離席\n・「おかしい」と思ったときの連絡先\n（実演の例）"))
LEADING = ("デジタルリーダーの基礎", "課の仕事を見直すときの進め方と、相談の受け方を、実例で学びます。（実演の例）")
SHEETS = ("表計算で集計を楽にする", "毎月の集計を写し取らずに済む形に直します。自分の課の表を一つ持ってきてください。（実演の例）")
HEADING = ("係長のための業務の見直し", "係の仕事を書き出し、やめること・変えることを選びます。（実演の例）")
OPENED = timedelta(days=40)     # ago: when the courses of the year were announced
DONE_OF_TEN = 7


def plant() -> None:
    leaders, steering = holders_of_role("leader"), holders_of_role("steering")
    if not (leaders and steering):
        return
    keeper = _actor(steering[0])
    with clock.at(clock.now() - OPENED):
        safety = make_course(keeper, _safety(keeper))
        ask(keeper, safety)
        leading = make_course(keeper, CourseDraft(*LEADING, GATHERED, 180, 36, _ahead(90), parts=(("to", "role:leader"),)))
        make_course(keeper, CourseDraft(*HEADING, GATHERED, 120, None, _ahead(30), parts=_foremen()))
    _learned(keeper, safety)
    _held(keeper, leading, leaders)
    _full(keeper, safety)
    _outside(keeper, leaders)


def _safety(keeper: Actor) -> CourseDraft:
    paper = Document(SAFETY[0], (heading("学ぶこと"), text(SAFETY[1])), under="教材（実演の例）")
    file = send(keeper, f"{SAFETY[0]}.pdf", [printed(paper)])
    return CourseDraft(*SAFETY, ALONE, 30, 12, _ahead(60), parts=(("to", "all"),), files=(file.id,))


def _learned(keeper: Actor, course_id: int) -> None:
    """Seven of ten, on their own days, some at the second try; one is excused; the others were reminded on a working day."""
    db.end_reading()
    found = pupils(watched_for(keeper, course_id))
    for place, each in enumerate(found):
        if place * 3 % 10 < DONE_OF_TEN:
            learner, moment = _actor(each.card.id), clock.now() - timedelta(days=2 + place % 30, hours=place % 7)
            if place % 6 == 0:
                with clock.at(moment - timedelta(days=1)):
                    answer(learner, course_id, (1, 3))
            with clock.at(moment):
                answer(learner, course_id, (3,) if place % 4 == 0 else ())
    excuse_duty(keeper, course_id, found[9].card.id, "育児休業のため（実演の例）")
    with clock.at(_working()):
        chase_missing(keeper, course_id)


def _held(keeper: Actor, course_id: int, leaders: list[int]) -> None:
    """Once, with results; and once more to come."""
    with clock.at(clock.now() - timedelta(days=25)):
        first = plan_sitting(keeper, course_id, _sitting(7, "庁舎4階 会議室", 20))
        move_sitting(keeper, first, "announce")
        for user_id in leaders[:8]:
            move_seat(keeper, (first, user_id), "name")
    db.end_reading()
    with clock.at(clock.now() - timedelta(days=10)):
        booked = [each.seat.id for each in takings(keeper, kept_for(keeper, first)) if each.seat.state == BOOKED]
        absent = [Mark(seat_id, "miss", "窓口の応援のため（実演の例）") for seat_id in booked[-1:]]
        mark_seats(keeper, first, [*(Mark(seat_id, "complete", "") for seat_id in booked[:-1]), *absent])
        move_sitting(keeper, first, "settle")
        surveys.ask(keeper, course_id)
        surveys.answer([_actor(each.card.id) for each in takings(keeper, kept_for(keeper, first)) if each.seat.state == COMPLETED], first)
    second = plan_sitting(keeper, course_id, _sitting(18, "庁舎4階 会議室", 20))
    move_sitting(keeper, second, "announce")
    for user_id in leaders[8:10]:
        move_seat(_actor(user_id), (second, user_id), "apply")


def _full(keeper: Actor, safety: int) -> None:
    course_id = make_course(keeper, CourseDraft(*SHEETS, GATHERED, 120))
    sitting = plan_sitting(keeper, course_id, _sitting(9, "庁舎2階 研修室", 4))
    move_sitting(keeper, sitting, "announce")
    section, _ = Counter(each.card.unit_id or 0 for each in pupils(watched_for(keeper, safety))).most_common(1)[0]
    heads = heads_of(section)
    people = [each.card.id for each in pupils(watched_for(keeper, safety)) if each.card.unit_id == section and each.card.id not in heads][:7]
    for place, user_id in enumerate(people):
        move_seat(_actor(user_id), (sitting, user_id), "apply")
        if place < 6 and heads:
            move_seat(_actor(heads[0]), (sitting, user_id), "permit")


def _outside(keeper: Actor, leaders: list[int]) -> None:
    cards = people_cards(leaders)
    lines = [[number, {"staff_number": card.staff_number, "name": card.name, "title": "ITパスポート試験", "done_on": (clock.today() - timedelta(
        days=100 + 40 * number)).isoformat(), "expires_on": "", "host": "国家試験"}] for number, card in enumerate(list(cards.values())[:5], 2)]
    bringing = bring_list(keeper, "国家試験の合格.csv", list(lines))
    db.end_reading()
    take_in(keeper, bringing, look_at(bringing_for(keeper, bringing)).digest)


def _foremen() -> tuple[tuple[str, str], ...]:
    posts = [post.id for post in all_posts() if post.name == "係長"]
    return (("only", f"post:{posts[0]}"), ("to", "all")) if posts else ()


def _sitting(days: int, place: str, capacity: int) -> SittingDraft:
    day = _ahead(days)
    starts, ends = (datetime.combine(day, time(hour, 30), clock.JST) for hour in (13, 15))
    return SittingDraft(starts, ends, place, day - timedelta(days=2), "行政管理課（実演の例）", capacity)


def _ahead(days: int) -> date:
    """The next working day from then on."""
    day = clock.today() + timedelta(days=days)
    return next(each for step in range(12) if not is_closed(each := day + timedelta(days=step)))


def _working() -> datetime:
    """The last working morning before today."""
    days = (clock.today() - timedelta(days=step) for step in range(1, 15))
    return datetime.combine(next(day for day in days if not is_closed(day)), time(10, 0), clock.JST)


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
