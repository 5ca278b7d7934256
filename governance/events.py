"""What happened to the plan."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfEdition(Event):
    kind: ClassVar[str] = "governance.edition"
    key: ClassVar[str] = "edition_id"
    edition_id: int


@dataclass(frozen=True, slots=True)
class EditionDrafted(_OfEdition):
    words: ClassVar[str] = "計画の改訂案をつくった"


@dataclass(frozen=True, slots=True)
class EditionMoved(_OfEdition):
    words: ClassVar[str] = "計画の改訂を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class EditionInForce(_OfEdition):
    """``measures``: every measure that it has, or that the one before had; ``terms``: how long the longer of the two glossaries is."""

    words: ClassVar[str] = "計画を施行した"
    measures: tuple[int, ...] = ()
    terms: int = 0


@dataclass(frozen=True, slots=True)
class _OfMeasure(Event):
    kind: ClassVar[str] = "governance.measure"
    key: ClassVar[str] = "measure_id"
    measure_id: int


@dataclass(frozen=True, slots=True)
class LeadsChanged(_OfMeasure):
    words: ClassVar[str] = "施策の担当課を決めた"
    units: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BarEntered(_OfMeasure):
    words: ClassVar[str] = "ロードマップに入れた"
    bar_id: int


@dataclass(frozen=True, slots=True)
class BarTaken(_OfMeasure):
    words: ClassVar[str] = "ロードマップから外した"
    bar_id: int


@dataclass(frozen=True, slots=True)
class IndicatorChanged(_OfMeasure):
    """Entered, changed, or no longer used."""

    words: ClassVar[str] = "施策の指標を決めた"
    indicator_id: int


@dataclass(frozen=True, slots=True)
class ReadingKept(_OfMeasure):
    words: ClassVar[str] = "指標の実績を入れた"
    indicator_id: int


@dataclass(frozen=True, slots=True)
class ThingTied(_OfMeasure):
    words: ClassVar[str] = "施策に結び付けた"
    thing: str = ""


@dataclass(frozen=True, slots=True)
class ThingUntied(_OfMeasure):
    words: ClassVar[str] = "施策との結び付けを外した"
    thing: str = ""


@dataclass(frozen=True, slots=True)
class _OfUndertaking(Event):
    kind: ClassVar[str] = "governance.undertaking"
    key: ClassVar[str] = "undertaking_id"
    undertaking_id: int


@dataclass(frozen=True, slots=True)
class UndertakingWritten(_OfUndertaking):
    words: ClassVar[str] = "年度取組を書いた"


@dataclass(frozen=True, slots=True)
class UndertakingMoved(_OfUndertaking):
    words: ClassVar[str] = "年度取組を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class _OfReport(Event):
    kind: ClassVar[str] = "governance.report"
    key: ClassVar[str] = "report_id"
    report_id: int


@dataclass(frozen=True, slots=True)
class ReportAsked(_OfReport):
    words: ClassVar[str] = "進み具合の報告を求めた"


@dataclass(frozen=True, slots=True)
class ReportWritten(_OfReport):
    words: ClassVar[str] = "進み具合の報告を書いた"


@dataclass(frozen=True, slots=True)
class ReportMoved(_OfReport):
    words: ClassVar[str] = "進み具合の報告を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class ReportReminded(_OfReport):
    """``height``: 1 the person, 2 the 係長, 3 the 課長."""

    words: ClassVar[str] = "期限の過ぎた報告を促した"
    height: int
    user_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _OfSheet(Event):
    kind: ClassVar[str] = "governance.sheet"
    key: ClassVar[str] = "sheet_id"
    sheet_id: int


@dataclass(frozen=True, slots=True)
class SheetBrought(_OfSheet):
    words: ClassVar[str] = "報告の表を持ち込んだ"


@dataclass(frozen=True, slots=True)
class SheetRead(_OfSheet):
    words: ClassVar[str] = "報告の表を読み取った"


@dataclass(frozen=True, slots=True)
class SheetApplied(_OfSheet):
    """Each report that it changed is written down beside it, as ``ReportWritten``."""

    words: ClassVar[str] = "報告の表を取り込んだ"
    lines: int = 0


@dataclass(frozen=True, slots=True)
class _OfEvaluation(Event):
    kind: ClassVar[str] = "governance.evaluation"
    key: ClassVar[str] = "evaluation_id"
    evaluation_id: int


@dataclass(frozen=True, slots=True)
class EvaluationAsked(_OfEvaluation):
    words: ClassVar[str] = "年度評価を求めた"


@dataclass(frozen=True, slots=True)
class EvaluationWritten(_OfEvaluation):
    words: ClassVar[str] = "年度評価を書いた"


@dataclass(frozen=True, slots=True)
class EvaluationMoved(_OfEvaluation):
    words: ClassVar[str] = "年度評価を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class OpinionGiven(Event):
    kind: ClassVar[str] = "governance.opinion"
    key: ClassVar[str] = "opinion_id"
    words: ClassVar[str] = "助言・所見を書いた"
    opinion_id: int
    about_what: str


@dataclass(frozen=True, slots=True)
class RulingChanged(_OfEdition):
    words: ClassVar[str] = "報告の決まりを変えた"


EVENTS = (EditionDrafted, EditionMoved, EditionInForce, LeadsChanged, BarEntered, BarTaken, IndicatorChanged, ReadingKept, ThingTied,
          ThingUntied, UndertakingWritten, UndertakingMoved, ReportAsked, ReportWritten, ReportMoved, ReportReminded, SheetBrought, SheetRead,
          SheetApplied, EvaluationAsked, EvaluationWritten, EvaluationMoved, OpinionGiven, RulingChanged)
