"""The roadmap and the logic model as they are drawn: places in percent and in units of the picture, reckoned here, drawn by the templates."""
import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from governance.models.indicators import STAGES
from governance.models.roadmap import MILESTONE, Bar
from governance.plan import Plan, Said
from governance.queries.roadmap import Ruler
from groupware.kernel import clock

MOST_ROWS = 40
LANE, GAP = 26, 4                   # the height of a bar's lane, in pixels
BOX, BETWEEN, WIDE = 58, 12, 200    # the boxes of the logic model
ARROW = 40
LETTER = timedelta(days=33)         # the room that a letter beside a milestone takes, on a desk, of eight years


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone that another feature keeps, drawn like one of ours. ``where``: whose it is."""

    words: str
    starts_on: date
    where: str
    url: str
    reached: bool
    kind: str = MILESTONE
    id: int = 0

    @property
    def ends_on(self) -> date:
        return self.starts_on


@dataclass(frozen=True, slots=True)
class Drawn:
    """``x`` and ``width`` in percent of the period, ``lane`` counted from the top."""

    bar: Bar | Mark
    x: float
    width: float
    lane: int


@dataclass(frozen=True, slots=True)
class Row:
    """A measure on the roadmap. ``named``: what the plan calls its row there, None where it has none."""

    said: Said
    named: str | None
    drawn: list[Drawn]

    @property
    def height(self) -> int:
        return max((each.lane for each in self.drawn), default=0) * (LANE + GAP) + LANE + 2 * GAP + 6


@dataclass(frozen=True, slots=True)
class Period:
    """The fiscal years of the plan, in order; ``first`` and ``last`` are days."""

    years: list[Said]
    first: date
    last: date

    @classmethod
    def of(cls, plan: Plan) -> "Period | None":
        years = [each for each in plan.years if each.get("fiscal_year")]
        if not years:
            return None
        return cls(years, date(years[0]["fiscal_year"], 4, 1), date(years[-1]["fiscal_year"] + 1, 3, 31))

    @property
    def share(self) -> float:
        """Of one year, in percent."""
        return 100 / len(self.years)

    @property
    def now(self) -> float | None:
        today = clock.today()
        return self.at(today) if self.first <= today <= self.last else None

    @property
    def current(self) -> int:
        return clock.fiscal_year(clock.today())

    def at(self, day: date) -> float:
        """Every fiscal year is equally wide, whether it is a leap year or not."""
        day = min(max(day, self.first), self.last)
        year = clock.fiscal_year(day)
        days = 366 if calendar.isleap(year + 1) else 365
        return round((year - self.years[0]["fiscal_year"]) * self.share + (day - date(year, 4, 1)).days / days * self.share, 3)


def rows_of(plan: Plan, period: Period, bars: Mapping[str, Sequence[Bar | Mark]], *, milestones_apart: bool = True) -> list[Row]:
    """In the order of the plan; ``bars`` by the code of the measure."""
    return [Row(said, (plan.row_of(said) or {}).get("name"), list(_laid(period, bars.get(said["code"], []), apart=milestones_apart)))
            for said in plan.measures]


def _laid(period: Period, bars: Iterable[Bar | Mark], *, apart: bool) -> Iterator[Drawn]:
    """Each into the first lane that is free: what runs at the same time stands below one another. Bars first, so that milestones lie upon them."""
    free: list[date] = []
    for bar in sorted(bars, key=lambda each: (each.kind == MILESTONE, each.starts_on, each.id)):
        if bar.ends_on < period.first or bar.starts_on > period.last:
            continue
        lane = next((number for number, until in enumerate(free) if until < bar.starts_on), len(free)) if apart or bar.kind != MILESTONE else 0
        if apart or bar.kind != MILESTONE:
            free[lane:lane + 1] = [bar.ends_on + (LETTER * len(bar.words) if bar.kind == MILESTONE else timedelta())]
        x = period.at(bar.starts_on)
        yield Drawn(bar, x, 0 if bar.kind == MILESTONE else max(round(period.at(bar.ends_on) - x + period.share / 365, 3), 0.6), lane)


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    lines: list[str]
    unset: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """活動 → アウトプット → 初期 → 中間 → 最終アウトカム. A stage without an indicator is an empty box, not a guess."""

    stages: list[tuple[int, str]]
    boxes: list[Box]
    arrows: list[tuple[int, int, int]]
    width: int
    height: int


def logic_model(said: Said, found: list[Ruler]) -> Model:
    columns = [_column(stage, said, found) for stage in STAGES]
    height = 30 + max(len(column) for column in columns) * (BOX + BETWEEN)
    boxes = [Box(_left(place), 30 + row * (BOX + BETWEEN), _broken(text), text == "") for place, column in enumerate(columns)
             for row, text in enumerate(column)]
    middle = 30 + BOX // 2
    arrows = [(_left(place) - ARROW + 6, _left(place) - 6, middle) for place in range(1, len(columns))]
    return Model([(_left(place), words) for place, words in enumerate(STAGES.values())], boxes, arrows, _left(len(columns)) - ARROW, height)


def _column(stage: str, said: Said, found: list[Ruler]) -> list[str]:
    named = [each.indicator.name for each in found if each.indicator.stage == stage]
    actions = [f"取組{action['no']} {action['text']}" for action in said["actions"]] if stage == "activity" else []
    return (actions + named)[:MOST_ROWS] or [""]


def _left(place: int) -> int:
    return place * (WIDE + ARROW)


def _broken(text: str, wide: int = 15, most: int = 3) -> list[str]:
    lines = [text[start:start + wide] for start in range(0, len(text), wide)]
    return lines if len(lines) <= most else [*lines[:most - 1], lines[most - 1][:-1] + "…"]
