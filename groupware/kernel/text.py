"""Japanese text as people type it: one form for comparing, whatever the width, the kana or the variant of a character."""
import unicodedata

# Variants of one character in names (異体字): people type the common one and mean the person. Left: how it is written; right: how it is found.
VARIANTS = {
    "邊": "辺", "邉": "辺", "髙": "高", "﨑": "崎", "嵜": "崎", "碕": "崎", "齋": "斉", "齊": "斉", "斎": "斉", "濵": "浜", "濱": "浜",
    "德": "徳", "黑": "黒", "栁": "柳", "澤": "沢", "瀧": "滝", "廣": "広", "國": "国", "櫻": "桜", "惠": "恵", "眞": "真", "槇": "槙",
    "龍": "竜", "條": "条", "嶋": "島", "嶌": "島", "冨": "富", "峯": "峰", "藏": "蔵", "彌": "弥", "應": "応", "實": "実", "壽": "寿",
    "學": "学", "榮": "栄", "圓": "円", "會": "会", "縣": "県", "曾": "曽", "塚": "塚", "祐": "祐", "吉": "吉", "𠮷": "吉", "ヶ": "ケ", "ヵ": "カ"}
_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
_TABLE = {ord(one): ord(other) for one, other in VARIANTS.items() if len(other) == 1 and ord(one) != ord(other)}


def fold(text: str) -> str:
    """For comparing and searching only: NFKC, lower case, hiragana, one variant, no space."""
    even = unicodedata.normalize("NFKC", text).translate(_TABLE)
    return "".join(even.casefold().translate(_HIRAGANA).split())


def same(one: str, other: str) -> bool:
    """Equal but for what a round trip through Excel and cp932 changes: 〜/～, −/－, ―/—, width, space at the ends."""
    return _even(one) == _even(other)


def _even(text: str) -> str:
    replaced = text.translate(_EXCEL)
    return unicodedata.normalize("NFKC", replaced).strip()


_EXCEL = {ord("〜"): "~", ord("～"): "~", ord("−"): "-", ord("－"): "-", ord("—"): "―", ord("‖"): "∥", ord("¢"): "￠", ord("£"): "￡", ord("¬"): "￢"}
