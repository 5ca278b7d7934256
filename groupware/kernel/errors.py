"""What a person can be told. Each refusal carries a sentence in Japanese, an HTTP status and a short code for programs."""


class Refusal(Exception):
    """Something a client asked for is not done, and nothing has changed."""

    status = 400
    code = "refused"
    sentence = "この操作はできません。"

    def __init__(self, message: str = "") -> None:
        self.message = message or self.sentence
        super().__init__(self.message)

    def as_dict(self) -> dict[str, object]:
        return {"error": self.code, "message": self.message}


class NotFound(Refusal):
    """Also for what exists but may not be known to exist."""

    status = 404
    code = "not-found"
    sentence = "見つかりません。移動または削除されたか、見る権限がありません。"


class Forbidden(Refusal):
    status = 403
    code = "forbidden"
    sentence = "この操作をする権限がありません。"


class SignInNeeded(Refusal):
    status = 401
    code = "sign-in-needed"
    sentence = "サインインし直してください。書いたものは残っています。"


class Invalid(Refusal):
    """``fields`` says by field name what to mend."""

    status = 422
    code = "invalid"
    sentence = "入力を確かめてください。"

    def __init__(self, message: str = "", **fields: str) -> None:
        super().__init__(message or next(iter(fields.values()), ""))
        self.fields = fields

    def as_dict(self) -> dict[str, object]:
        return {**super().as_dict(), "fields": self.fields}


class Conflict(Refusal):
    status = 409
    code = "conflict"
    sentence = "ほかの人が先に変更しました。内容を確かめて、もう一度操作してください。"


class TooMany(Refusal):
    """``after``: seconds until it is worth trying again."""

    status = 429
    code = "too-many"
    sentence = "操作が続いたため、少し待ってからもう一度お試しください。"

    def __init__(self, message: str = "", after: int = 1) -> None:
        super().__init__(message)
        self.after = after


class Unavailable(Refusal):
    status = 503
    code = "unavailable"
    sentence = "ただいま混み合っています。書いたものは残っています。少し待ってもう一度お試しください。"
