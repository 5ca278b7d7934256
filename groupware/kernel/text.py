"""Japanese text as people type it: one form for comparing, whatever the width, the kana or the variant of a character."""
import re
import unicodedata

# 異体字 of names: people type the common one and mean the person. The first of each group stands for all of it.
VARIANTS = (
    "辺邊邉 高髙 崎﨑嵜碕 斉齋斎齊 浜濱濵 徳德 黒黑 柳栁桺 沢澤 滝瀧 広廣 国國圀 桜櫻 恵惠 真眞 槙槇 竜龍 条條 島嶋嶌 富冨 峰峯 蔵藏 "
    "弥彌 応應 実實 寿壽 学學 栄榮 円圓 会會 県縣 曽曾 吉𠮷 桑桒 館舘 渕淵 藤籐 児兒 剣劍劔剱 鉄鐵 与與 万萬 亘亙 村邨 横橫 静靜 "
    "清淸 増增 歩步 教敎 将將 従從 荘莊 薮藪籔 岳嶽 凛凜 禄祿 禰祢 聡聰 総總 穂穗 萌萠 昇曻 恒恆 桧檜 尭堯 遥遙 瑶瑤 巌巖 団團 鴎鷗 "
    "鶴靏靍 鶏鷄 麦麥 豊豐 礼禮 戸戶 呉吳 晋晉 芸藝 賛贊 糸絲 橋槗 塩鹽 奥奧 関關 芦蘆 園薗 鎌鐮 蛍螢 台臺 沖冲 野埜 仏佛 髪髮 郷鄕 "
    "緑綠 瀬瀨 頼賴 来來 涼凉 秋穐 勲勳 薫薰 顕顯 厳嚴 慎愼 節莭 乗乘 穣穰 仙僊 双雙 壮壯 巣巢 鎮鎭 伝傳 宝寶寳 耀燿 誉譽 隣鄰 霊靈 "
    "郎郞 楼樓 ケヶ カヵ")
_ONE = {ord(other): ord(group[0]) for group in VARIANTS.split() for other in group[1:] if other != group[0]}
SELECTORS = dict.fromkeys([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])      # which shape of a character a font should draw
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−ー"), "-")
# What Excel and cp932 make of one another on the way out and in again.
_CP932 = dict(zip(map(ord, "〜−‖—¢£¬¦"), "～－∥―￠￡￢￤", strict=True))
FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－−＠]")      # − becomes － in cp932
_WIDE = re.compile(r"[\u3000\uff00-\uffef]+")


def fold(text: str) -> str:
    """For comparing and searching only: NFKC, lower case, hiragana, one variant, no space."""
    return "".join(one_kana(alike(unicodedata.normalize("NFKC", text.translate(SELECTORS)))).split())


def alike(text: str) -> str:
    """Of text in NFKC without selectors: lower case, one variant of each character. Kana stay what they are."""
    return text.translate(_ONE).casefold()


def one_kana(text: str) -> str:
    """カ is か; character for character, so that every place in the text stays where it is."""
    return text.translate(_HIRAGANA)


def hiragana(text: str) -> str:
    """かな as it is kept: ｱﾝﾄﾞｳ and アンドウ are あんどう."""
    return unicodedata.normalize("NFKC", text).translate(_HIRAGANA).strip()


def narrow(text: str) -> str:
    """Numbers and codes as they are kept: ００２０７９ is 002079, Ａ－１ is A-1; leading zeros stay."""
    return unicodedata.normalize("NFKC", text).strip().translate(_DASHES)


def same(one: str, other: str) -> bool:
    """Equal but for what a round trip through Excel and cp932 changes: 〜/～, −/－, ―/—, half and full width, space at the ends."""
    return one == other or _even(one) == _even(other)


def _even(text: str) -> str:
    return _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide.group()), text.translate(_CP932)).strip()


def no_formula(cell: str) -> str:
    """For a list that Excel opens: what it would take for a formula gets a ' before it."""
    return f"'{cell}" if FORMULA.match(cell) else cell
