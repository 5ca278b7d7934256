"""What happened to frameworks, to what sections want, and to what people can do."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfFramework(Event):
    kind: ClassVar[str] = "training.framework"
    key: ClassVar[str] = "framework_id"
    framework_id: int


@dataclass(frozen=True, slots=True)
class FrameworkDrafted(_OfFramework):
    words: ClassVar[str] = "スキルの枠組の版を用意した"


@dataclass(frozen=True, slots=True)
class ItemsBrought(_OfFramework):
    words: ClassVar[str] = "スキルの項目を取り込んだ"
    items: int


@dataclass(frozen=True, slots=True)
class FrameworkEnforced(_OfFramework):
    words: ClassVar[str] = "スキルの枠組の版を使い始めた"
    before_id: int


@dataclass(frozen=True, slots=True)
class WantedSet(Event):
    """``people`` 0: wanted no more."""

    kind: ClassVar[str] = "directory.unit"
    key: ClassVar[str] = "unit_id"
    words: ClassVar[str] = "課に要るスキルを決めた"
    unit_id: int
    role: str
    skill_id: int
    level: int
    people: int


@dataclass(frozen=True, slots=True)
class SelfRated(Event):
    kind: ClassVar[str] = "training.skill"
    key: ClassVar[str] = "skill_id"
    words: ClassVar[str] = "自己点検を入れた"
    skill_id: int


@dataclass(frozen=True, slots=True)
class ClaimWritten(Event):
    kind: ClassVar[str] = "training.claim"
    key: ClassVar[str] = "claim_id"
    words: ClassVar[str] = "スキルの証拠を書いた"
    claim_id: int


@dataclass(frozen=True, slots=True)
class ClaimMoved(Event):
    kind: ClassVar[str] = "training.claim"
    key: ClassVar[str] = "claim_id"
    words: ClassVar[str] = "スキルの審査を進めた"
    claim_id: int
    act: str
    state: str
    user_id: int


@dataclass(frozen=True, slots=True)
class _OfCertification(Event):
    kind: ClassVar[str] = "training.certification"
    key: ClassVar[str] = "certification_id"
    certification_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class SkillCertified(_OfCertification):
    words: ClassVar[str] = "スキルを認定した"


@dataclass(frozen=True, slots=True)
class CertificationTaken(_OfCertification):
    words: ClassVar[str] = "スキルの認定を取り消した"


@dataclass(frozen=True, slots=True)
class ExpiryNear(_OfCertification):
    words: ClassVar[str] = "認定の期限が近いことを知らせた"
    days: int


@dataclass(frozen=True, slots=True)
class HoldersFollowed(Event):
    kind: ClassVar[str] = "training.skill"
    key: ClassVar[str] = "skill_id"
    words: ClassVar[str] = "スキルの集計を組織に合わせた"
    skill_id: int


EVENTS = (FrameworkDrafted, ItemsBrought, FrameworkEnforced, WantedSet, SelfRated, ClaimWritten, ClaimMoved, SkillCertified, CertificationTaken,
          ExpiryNear, HoldersFollowed)
