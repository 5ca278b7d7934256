"""What is worked out once while the plan is the same is what would be found afresh, after every deed that touches it."""
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from governance.commands.evaluations import change_ruling
from governance.commands.plan import draft_revision, move_edition
from governance.commands.reports import write_report
from governance.commands.roadmap import change_indicator, drop_indicator, enter_bar, enter_indicator, keep_reading, name_leads, take_bar
from governance.forms.papers import ReportDraft
from governance.forms.roadmap import BarDraft, LeadsDraft, ReadingDraft
from governance.queries import papers, plan, roadmap
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from tests.conftest import InProcess
from tests.directory.town import unit
from tests.governance.hall import draft, ids, report, said, town
from tests.governance.test_papers import indicator
from tests.support.counting import statements


def test_what_is_kept_is_what_would_be_found_after_every_deed(house: InProcess) -> None:
    people, other = town(), said()
    other["measures"][0]["title"] = "標準化を進める"
    steering, clerk, cio = people["steering"], people["clerk"], people["cio"]
    asked, m03 = report(people), ids()["M03"]
    deeds: list[Callable[[], Any]] = [
        partial(name_leads, steering, "M03", LeadsDraft((unit("0320"), unit("0310")))), partial(name_leads, steering, "M05", LeadsDraft(())),
        partial(enter_bar, steering, "M03", BarDraft("bar", "はじめる", date(2026, 4, 1), date(2027, 3, 31))), partial(take_bar, steering, 1),
        partial(enter_indicator, clerk, m03, indicator()), partial(change_indicator, clerk, 1, indicator(name="別の名")),
        partial(keep_reading, clerk, 1, ReadingDraft(2025, 4, "99")), partial(write_report, clerk, asked, ReportDraft("105", "載せた")),
        partial(drop_indicator, clerk, 1), partial(change_ruling, steering, Ruling(within=20)),
        partial(draft_revision, SYSTEM, draft(other, "見直し")), partial(move_edition, steering, 2, "check", "確かめた"),
        partial(move_edition, cio, 2, "decide", from_day=clock.today()), partial(move_edition, SYSTEM, 2, "enforce")]
    seen = set()
    for deed in deeds:
        deed()
        db.end_reading()
        now = _told()
        assert now == db.write(_told), deed
        seen.add(now)
    assert len(seen) >= 8       # what was entered is taken away again
    db.end_reading()
    with statements() as counted:
        _told()
    assert len([each for each in counted if each != "BEGIN"]) == 1, counted


def _told() -> str:
    """Inside a command everything is found afresh."""
    edition = plan.current_edition()
    return str((edition and (edition.id, edition.state, edition.digest), [each.number for each in plan.checked_editions()], papers.ruling_in_force(),
                [(each.id, each.code, each.title, each.gone_at) for each in plan.every_measure()], sorted(roadmap.leads().items()),
                [(number, [bar.words for bar in laid]) for number, laid in sorted(roadmap.bars().items())],
                [(number, [(ruler.indicator.name, [reading.value for reading in ruler.series]) for ruler in roadmap.rulers(number)])
                 for number in ids().values()]))
