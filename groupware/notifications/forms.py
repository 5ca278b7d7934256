"""What a person says about being told."""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.house import house
from groupware.kernel.notice_kind import AT_ONCE, BELL, DIGEST, NEVER, SCREEN, NoticeKind
from groupware.kernel.text import narrow
from groupware.notifications.quiet import DAWN, EVENING, LONGEST, Hours

SHOWN = {SCREEN: "画面でも知らせる", BELL: "お知らせの欄だけ", NEVER: "知らせない"}
MAILED = {NEVER: "送らない", DIGEST: "朝にまとめて", AT_ONCE: "すぐに"}
TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
NOON = 12 * 60
MOST_REASON = 200


@dataclass(frozen=True, slots=True)
class Chosen:
    kind: str
    show: str
    mail: str
    passes: bool


@dataclass(frozen=True, slots=True)
class WaysDraft:
    """Only what differs from what the features say is kept, so that a better default reaches everybody."""

    hours: Hours
    ways: tuple[Chosen, ...]

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> "WaysDraft":
        chosen = [_chosen(kind, data) for kind in house.notices.values()]
        usual = {kind.name: Chosen(kind.name, kind.show, kind.mail, passes=False) for kind in house.notices.values()}
        return cls(_hours(data), tuple(each for each in chosen if each != usual[each.kind]))


def parse_reason(text: str) -> str:
    reason = " ".join(text.split())
    if not 1 <= len(reason) <= MOST_REASON:
        raise Invalid(reason=f"何が起きているかを、{MOST_REASON}字までで書いてください。")
    return reason


def _chosen(kind: NoticeKind, data: Mapping[str, str]) -> Chosen:
    """Who is not told at all is not mailed either."""
    show = _one_of(data, f"show-{kind.name}", SHOWN, kind.show)
    if show == NEVER and kind.always:
        raise Invalid(**{f"show-{kind.name}": f"「{kind.label}」は、お知らせの欄には必ず届きます。「お知らせの欄だけ」までにできます。"})
    mail = NEVER if show == NEVER else _one_of(data, f"mail-{kind.name}", MAILED, kind.mail)
    return Chosen(kind.name, show, mail, data.get(f"passes-{kind.name}") == "1" and show != NEVER)


def _one_of(data: Mapping[str, str], name: str, known: Mapping[str, str], otherwise: str) -> str:
    value = data.get(name, otherwise)
    if value not in known:
        raise Invalid(**{name: "一覧から選んでください。"})
    return value


def _hours(data: Mapping[str, str]) -> Hours:
    first, last = _leave(data)
    return Hours(data.get("nights") == "1", _minute(data, "night_from", EVENING, NOON, "夜の始まりは、正午から後の時刻で"),
                 _minute(data, "night_to", DAWN, 0, "朝の終わりは、正午までの時刻で"), data.get("holidays") == "1", first, last)


def _minute(data: Mapping[str, str], name: str, otherwise: int, earliest: int, words: str) -> int:
    text = narrow(data.get(name, ""))
    if not text:
        return otherwise
    found = TIME.fullmatch(text)
    minute = int(found.group(1)) * 60 + int(found.group(2)) if found else -1
    if not earliest <= minute <= earliest + NOON:
        raise Invalid(**{name: f"{words}、19:00 のように書いてください。"})
    return minute


def _leave(data: Mapping[str, str]) -> tuple[date | None, date | None]:
    first, last = _day(data, "leave_from"), _day(data, "leave_to")
    if (first is None) != (last is None):
        raise Invalid(**{"leave_to" if first else "leave_from": "休暇は、始まりと終わりの両方の日を書いてください。"})
    if first and last and first > last:
        raise Invalid(leave_to="休暇の終わりは、始まりより後の日にしてください。")
    if last and last > clock.today() + timedelta(days=LONGEST - 30):
        raise Invalid(leave_to="休暇の終わりは、一年先までにしてください。")
    return first, last


def _day(data: Mapping[str, str], name: str) -> date | None:
    text = narrow(data.get(name, ""))
    try:
        return date.fromisoformat(text.replace("/", "-")) if text else None
    except ValueError:
        raise Invalid(**{name: "日付は 2026-12-28 のように書いてください。"}) from None
