"""How much one person may send: enough for the photographs of a disaster, too little to fill the disc."""
from groupware.files.queries import sent_today
from groupware.kernel.errors import TooMany

MOST_FILES = 1_000          # within 24 hours
MOST_BYTES = 2 * 1024 ** 3


def refuse_flood(user_id: int, size: int = 1) -> None:
    """Raises TooMany when ``size`` more bytes would be too many."""
    files, sent = sent_today(user_id)
    if files >= MOST_FILES or sent + size > MOST_BYTES:
        raise TooMany("1日に送れるファイルの量を超えました。明日もう一度お試しください。", after=3600)
