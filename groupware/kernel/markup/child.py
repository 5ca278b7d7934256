"""The child in which Markdown is rendered that may take too long."""
from groupware.kernel.child import serve
from groupware.kernel.markup import dialect, fence

LONGEST = 400_000       # characters of HTML: no text of 10,000 needs more, a table made to grow does


def convert(hidden: str) -> str | None:
    if fence.is_deep(hidden):
        return None
    converted = dialect.convert(hidden)
    return converted if len(converted) <= LONGEST else None


if __name__ == "__main__":
    serve(convert, megabytes=512)
