"""Over SMTP to the mail server of the city hall. Every answer of the server is one of three: taken, later, never."""
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from groupware.config import Config
from groupware.notifications.post.composing import Undeliverable

TIMEOUT = 20            # seconds for each answer
PERMANENT = 500


class Later(Exception):
    """Not now: it is worth trying again. ``server``: the trouble is the server's and not this letter's."""

    def __init__(self, words: str, *, server: bool) -> None:
        super().__init__(words)
        self.server = server


class Carrier:
    """One connection for several letters, opened with the first of them."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None) -> None:
        self._close()

    def carry(self, message: EmailMessage) -> None:
        """Returns when the server has taken it. Raises Later or Undeliverable."""
        try:
            self._open().send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            self._reset()
            raise _refusal(*next(iter(refused.recipients.values()))) from refused
        except smtplib.SMTPDataError as refused:
            self._reset()
            raise _refusal(refused.smtp_code, refused.smtp_error) from refused
        except (smtplib.SMTPException, OSError, ValueError) as trouble:
            self._close()
            raise Later(_words(trouble), server=not isinstance(trouble, ValueError)) from trouble

    def _open(self) -> smtplib.SMTP:
        if self._smtp is None:
            self._smtp = self._connected()
        return self._smtp

    def _connected(self) -> smtplib.SMTP:
        config = self.config
        if config.mail_tls == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(config.mail_host, config.mail_port, timeout=TIMEOUT, context=self._trust())
        else:
            smtp = smtplib.SMTP(config.mail_host, config.mail_port, timeout=TIMEOUT)
        try:
            self._greet(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _greet(self, smtp: smtplib.SMTP) -> None:
        if self.config.mail_tls == "starttls":
            smtp.starttls(context=self._trust())
        if self.config.mail_user:
            smtp.login(self.config.mail_user, self.config.mail_password)

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.config.mail_ca or None)

    def _reset(self) -> None:
        """The connection is good for the next letter, or it is not."""
        try:
            if self._smtp:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._close()

    def _close(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp:
            with suppress(smtplib.SMTPException, OSError):
                smtp.quit()
            smtp.close()


def _refusal(code: int, said: bytes | str) -> Later | Undeliverable:
    words = f"メールサーバーの答え {code} {_text(said)}"
    return Undeliverable(words) if code >= PERMANENT else Later(words, server=False)


def _words(trouble: BaseException) -> str:
    if isinstance(trouble, smtplib.SMTPResponseException):
        return f"メールサーバーの答え {trouble.smtp_code} {_text(trouble.smtp_error)}"
    if isinstance(trouble, ssl.SSLError):
        return f"メールサーバーの証明書を確かめられません（{trouble.reason or 'TLS'}）。"
    if isinstance(trouble, TimeoutError):
        return "メールサーバーの答えが間に合いませんでした。"
    if isinstance(trouble, smtplib.SMTPServerDisconnected):
        return "メールサーバーとの接続が途中で切れました。"
    return f"メールサーバーにつながりません（{type(trouble).__name__}）。"


def _text(said: bytes | str) -> str:
    return (said.decode("utf-8", "replace") if isinstance(said, bytes) else said)[:200]
