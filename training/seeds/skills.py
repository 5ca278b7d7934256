"""The frameworks by the names their sources give, without items; one of the city's own with items; what sections want, and some certified."""
from groupware.directory.queries import actor_for, holders_of_role
from groupware.kernel import db
from groupware.kernel.actor import Actor
from training.commands.skills import bring_items, draft_framework, enforce_framework, move_claim, rate_oneself, set_wanted, write_claim
from training.forms.skills import ClaimDraft, FrameworkDraft, Item, WantedDraft
from training.queries.leaders import survey
from training.queries.skills import skills_in_force

NAMED = (FrameworkDraft("DXリテラシー標準（DSS-L）", "ver.1.0", "経済産業省・IPA デジタルスキル標準（2022年12月）",
                        ("マインド・スタンス", "Why", "What", "How")),
         FrameworkDraft("DX推進スキル標準（DSS-P）", "ver.1.0", "経済産業省・IPA デジタルスキル標準（2022年12月）",
                        ("ビジネスアーキテクト", "デザイナー", "データサイエンティスト", "ソフトウェアエンジニア", "サイバーセキュリティ")))
OWN = FrameworkDraft("庁内のスキル（実演の例）", "令和8年度", "行政管理課（架空）", ("道具", "進め方", "守り"))
ITEMS = tuple(Item(code, area, name, "") for code, area, name in (
    ("T1", "道具", "表計算で集計する"), ("T2", "道具", "申請の受付をオンラインで開く"), ("T3", "道具", "チャットと掲示板を使い分ける"),
    ("W1", "進め方", "業務の流れを書き出す"), ("W2", "進め方", "課の人の相談に乗る"), ("G1", "守り", "情報の扱いを説明する")))


def plant() -> None:
    leaders, steering = holders_of_role("leader"), holders_of_role("steering")
    if not (leaders and steering):
        return
    keeper = _actor(steering[0])
    for draft in NAMED:
        draft_framework(keeper, draft)
    own = draft_framework(keeper, OWN)
    bring_items(keeper, own, ITEMS)
    enforce_framework(keeper, own)
    db.end_reading()
    skills = [skill.id for skill in skills_in_force()]
    for place, section in enumerate(survey().sections):
        for turn, skill_id in enumerate(skills[place % 3:place % 3 + 3]):
            set_wanted(keeper, WantedDraft(section.unit.id, "staff", skill_id, 2 + turn % 2, 1 + (place + turn) % 3))
    _certified(keeper, leaders, skills)


def _certified(keeper: Actor, leaders: list[int], skills: list[int]) -> None:
    """Most of the leaders in some skills; one waits, one was returned; all have looked at themselves."""
    for place, user_id in enumerate(each for each in leaders if each != keeper.user_id):
        actor = _actor(user_id)
        for turn, skill_id in enumerate(skills[place % 2:place % 2 + 3]):
            rate_oneself(actor, skill_id, 1 + (place + turn) % 4)
            number = write_claim(actor, ClaimDraft(skill_id, 2 + turn % 2, "work", "課の毎月の集計を、写し取らない形に改めた（実演の例）"))
            move_claim(actor, number, "submit")
            if place > 1 or turn:
                move_claim(keeper, number, "take")
                move_claim(keeper, number, *(("certify", "", None, 36) if place != 2 or turn else ("return", "いつ、どの業務かを足してください。")))


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
