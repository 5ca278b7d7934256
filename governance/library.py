"""Examples of other cities' indicators, to think by: shown as examples, never filled in. The figures are what they have published."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    name: str
    figure: str
    where: str
    word: str           # what the title of a measure that it may suit has in it


EXAMPLES = (
    Example("DX人材研修の受講者（年）", "1,000人／年", "浜松市", "人材"), Example("DX支援者（メンター）の累計", "75人", "浜松市", "人材"),
    Example("庁内会議のペーパーレス実施率", "85%", "浜松市", "人材"), Example("サテライトオフィスの累計", "4箇所", "浜松市", "テレワーク"),
    Example("職員のICT環境の満足度", "50%", "浜松市", "人材"), Example("標準化対象業務の移行", "20業務（2025年度末目途）", "浜松市", "標準化"),
    Example("DXをけん引する人材の確保", "5年で900人（職員の20%）", "栃木県", "人材"),
    Example("課ごとのリーダーの配置", "1課1人（947課）", "北海道", "人材"),
    Example("電子申請にした手続の数", "2,050種類", "滋賀県", "オンライン化"),
    Example("キャッシュレスにした業務の数", "7業務", "滋賀県", "キャッシュレス"),
    Example("職員のマイナンバーカード取得率", "99%", "村山市", "マイナンバーカード"))


def examples_for(title: str) -> list[Example]:
    return [each for each in EXAMPLES if each.word in title]
