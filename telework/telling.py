"""The city's rules in sentences: on the form, on an application, and where they are changed."""
from telework.rules import REASONS, Rules

LIMITED = {"special": "所属長が特に認めたときだけできます。", "never": "できません。"}
SPLIT = "休憩は分けて取れます（合わせた長さは同じ。始業のすぐ後と終業のすぐ前には取れません）。"


def sentences_of(rules: Rules) -> list[str]:
    return [_amount(rules), f"勤務の時間は {rules.starts}〜{rules.ends}（休憩 {rules.rests}〜{rules.resumes}）です。",
            SPLIT if rules.break_split else "休憩は、決まった時間に続けて取ります。",
            "時間外の勤務は、所属長があらかじめ命じたときだけできます。" if rules.overtime else "時間外の勤務はできません。",
            "市内出張命令の申請がいります。" if rules.trips == "order" else "出張命令の手続はいりません。",
            "個人情報を扱う業務もできます。" if rules.personal else "個人情報を扱う業務はできません。",
            "当日は、始業と終業だけを報告します。" if rules.reports == "two" else "当日は、始業・中断・再開・終業を報告します。",
            f"理由は、{'、'.join(REASONS[each] for each in rules.reasons)}です。", *_limited(rules)]


def _amount(rules: Rules) -> str:
    parts = [*(["半日"] if rules.halves else []), *(["時間"] if rules.hours else [])]
    units = f"1日のほか、{'と'.join(parts)}でも申請できます。" if parts else "1日を単位に申請します。"
    return (f"1週間に{rules.week_limit}日までです。" if rules.week_limit else "1週間の日数に限りはありません。") + units


def _limited(rules: Rules) -> list[str]:
    return [f"{'・'.join(rules.limited_kinds)}の職員は、{LIMITED[rules.excluded]}"] if rules.limited_kinds and rules.excluded != "same" else []
