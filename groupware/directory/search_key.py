"""What a person is found by: every word folded, each behind a bar, so that the beginning of any of them can be looked for."""
import re

from groupware.kernel.text import fold

BAR = "|"


def search_key(number: str, names: tuple[str, str], kana: tuple[str, str], extension: str, email: str) -> str:
    """Family, given and both together; the number also without its leading zeros, as people say it; the words of the mail address."""
    mailbox = re.split(r"[._-]", email.partition("@")[0])
    words = (*names, "".join(names), *kana, "".join(kana), number, number.lstrip("0"), extension, *mailbox)
    return "".join(BAR + fold(word).replace(BAR, "") for word in words if word) + BAR
