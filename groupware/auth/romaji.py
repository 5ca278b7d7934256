"""かな as people spell it in passwords: Hepburn, long vowels as written."""

ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ", "m": "まみむめも",
    "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ", "p": "ぱぴぷぺぽ"}
SOUNDS = {kana: head + vowel for head, row in ROWS.items() for kana, vowel in zip(row, "aiueo", strict=True)}
SOUNDS |= {"し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "や": "ya", "ゆ": "yu", "よ": "yo",
           "わ": "wa", "を": "o", "ん": "n", "ー": ""}
SMALL = {"ゃ": "ya", "ゅ": "yu", "ょ": "yo"}


def romaji(kana: str) -> str:
    """``ふじくら`` gives ``fujikura``, ``きょうこ`` ``kyouko``, ``はっとり`` ``hattori``."""
    text = ""
    for sign in kana:
        text = _with_small(text, SMALL[sign]) if sign in SMALL else text + SOUNDS.get(sign, sign)
    return _doubled(text)


def _with_small(text: str, sound: str) -> str:
    head = text.removesuffix("i")
    return head + (sound[1:] if head.endswith(("sh", "ch", "j")) else sound)


def _doubled(text: str) -> str:
    """A small っ doubles what follows."""
    before, small, after = text.partition("っ")
    return before + after[:1] + _doubled(after) if small else text
