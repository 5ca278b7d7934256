"""The only file that reads the environment. The table in docs/CONFIGURATION.md lists every name here."""
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
LAST_PORT = 65535
EVERYWHERE = {"0.0.0.0", "::"}      # noqa: S104 (no address that a browser could open)
CLAMD = re.compile(r"unix:/.+|[^:/\s]+:[0-9]{1,5}")
ACCEL = re.compile(r"/[a-z0-9/_-]+")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
SECURED = ("", "starttls", "tls")
SENDER = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
WHO = {"administrator", "steering", "cio", "leader", "adviser", "outside"}
DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


class Dangerous(SystemExit):
    """The program does not start, and says what to set."""


@dataclass(frozen=True)
class Config:
    host: str = "127.0.0.1"
    port: int = 8000
    data: Path = Path("data")
    demo: bool = True
    demo_open: bool = False             # one-click sign-in from other machines too
    database_url: str = ""
    redis_url: str = ""
    audit_roots: str = ""
    public_url: str = ""
    extra_origins: tuple[str, ...] = ()
    secret: str = ""
    trusted_proxies: int = 0
    tls_certificate: str = ""
    tls_key: str = ""
    metrics_token: str = ""
    log_level: str = "INFO"
    auth_idle_hours: int = 8
    auth_absolute_hours: int = 24
    files_max_bytes: int = 500 * 1024 * 1024
    second_factor: tuple[str, ...] = ()     # roles, or "outside": who must prove a second factor after the password
    files_accel: str = ""
    files_s3: str = ""                  # the address of what speaks S3: without it the bytes lie in ``data``
    files_s3_bucket: str = ""
    files_s3_key: str = ""
    files_s3_secret: str = field(default="", repr=False)
    files_s3_region: str = "us-east-1"
    files_s3_cache: int = 20 * 1024 ** 3
    clamd: str = ""
    helper: bool = True
    mail_host: str = ""                 # no mail goes out while it is empty
    mail_port: int = 25
    mail_tls: str = ""
    mail_ca: str = ""
    mail_user: str = ""
    mail_password: str = field(default="", repr=False)
    mail_from: str = ""
    testing: bool = False
    origins: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "data", self.data.absolute())
        put(self, "database_url", self.database_url or f"sqlite:///{self.data / 'tsunagaru.db'}")
        put(self, "audit_roots", self.audit_roots or str(self.data / "audit-roots.jsonl"))
        put(self, "origins", self._origins())
        put(self, "secret", self.secret or self._kept_secret())

    @classmethod
    def from_env(cls) -> Self:
        """Raises Dangerous with a sentence that says what to set."""
        env = os.environ.get
        config = cls(
            host=env("HOST") or "127.0.0.1", port=_number("PORT", 8000), data=Path(env("DATA") or "data"),
            demo=_flag("DEMO", otherwise=True), demo_open=_flag("DEMO_OPEN", otherwise=False),
            database_url=env("DATABASE_URL", ""), redis_url=env("REDIS_URL", ""),
            audit_roots=env("AUDIT_ROOTS", ""), public_url=env("PUBLIC_URL", "").rstrip("/"),
            extra_origins=tuple(filter(None, env("ORIGINS", "").replace(",", " ").split())) if "ORIGINS" in os.environ else (),
            secret=env("SECRET", ""), trusted_proxies=_number("TRUSTED_PROXIES", 0),
            tls_certificate=env("TLS_CERTIFICATE", ""), tls_key=env("TLS_KEY", ""), metrics_token=env("METRICS_TOKEN", ""),
            log_level=env("LOG_LEVEL") or "INFO", auth_idle_hours=_number("AUTH_IDLE_HOURS", 8),
            auth_absolute_hours=_number("AUTH_ABSOLUTE_HOURS", 24), files_max_bytes=_number("FILES_MAX_BYTES", 500 * 1024 * 1024),
            second_factor=_words("SECOND_FACTOR", "administrator outside"), helper=_flag("HELPER", otherwise=True),
            mail_host=env("MAIL_HOST", ""), mail_port=_number("MAIL_PORT", 25),
            files_s3=env("FILES_S3", "").rstrip("/"), files_s3_bucket=env("FILES_S3_BUCKET", ""), files_s3_key=env("FILES_S3_KEY", ""),
            files_s3_secret=env("FILES_S3_SECRET", ""), files_s3_region=env("FILES_S3_REGION") or "us-east-1",
            files_s3_cache=_number("FILES_S3_CACHE", 20 * 1024 ** 3),
            files_accel=env("FILES_ACCEL", "").rstrip("/"), clamd=env("CLAMD", ""),
            mail_tls=env("MAIL_TLS", "").lower(), mail_ca=env("MAIL_CA", ""), mail_user=env("MAIL_USER", ""),
            mail_password=env("MAIL_PASSWORD", ""), mail_from=env("MAIL_FROM", ""))
        config.refuse_danger()
        return config

    def refuse_danger(self) -> None:
        """The first dangerous setting ends the start."""
        if "ORIGINS" in os.environ and not self.extra_origins:
            raise Dangerous("ORIGINS が空です。使わないときは設定を消し、使うときは https://groupware.example.lg.jp のように書いてください。")
        if any("*" in origin or not _is_origin(origin) for origin in self.origins):
            raise Dangerous("ORIGINS と PUBLIC_URL には * を使わず、https://groupware.example.lg.jp のような完全な形で書いてください。")
        if self.host not in LOOPBACK and not (self.tls_certificate or self.trusted_proxies):
            raise Dangerous(f"HOST={self.host} は他の機器から見えます。TLS_CERTIFICATE と TLS_KEY を設定するか、TLS を終端する中継サーバーの数を "
                            "TRUSTED_PROXIES=1 のように設定してください。この機械だけで使うなら HOST=127.0.0.1 です。")
        if not self.public_url and (self.trusted_proxies or self.host in EVERYWHERE):
            raise Dangerous("利用者が開く番地が分かりません。PUBLIC_URL=https://groupware.example.lg.jp のように設定してください。")
        if not self.demo and self.secret.startswith("demo-"):
            raise Dangerous("SECRET が実演用のままです。SECRET を消すと data/secret に新しく作られます。")
        self._refuse_unreadable()
        self._refuse_half_a_post()
        self._refuse_half_a_bucket()

    def _refuse_half_a_post(self) -> None:
        """Mails without a sender, or with links that nobody can open."""
        if not self.mail_host:
            return
        if not SENDER.fullmatch(self.mail_from):
            raise Dangerous("MAIL_FROM を groupware@example.lg.jp のような、差出人のアドレスにしてください（MAIL_HOST を使うとき）。")
        if not self.public_url:
            raise Dangerous("メールに書く番地が分かりません。"
                            "PUBLIC_URL=https://groupware.example.lg.jp のように設定してください（MAIL_HOST を使うとき）。")
        if self.mail_tls not in SECURED:
            raise Dangerous(f"MAIL_TLS={self.mail_tls} は読めません。starttls、tls、または空にしてください。")
        if self.mail_ca and not os.access(self.mail_ca, os.R_OK):
            raise Dangerous(f"MAIL_CA={self.mail_ca} を読めません。PEM ファイルの場所と、読む権限を確かめてください。")
        if self.mail_user and not self.mail_tls and self.mail_host not in LOOPBACK:
            raise Dangerous("MAIL_USER の合言葉が、暗号化されずに流れます。MAIL_TLS=starttls または tls にしてください。")

    def _refuse_half_a_bucket(self) -> None:
        whole = _is_origin(self.files_s3) and self.files_s3_bucket and self.files_s3_key and self.files_s3_secret
        if self.files_s3 and not whole:
            raise Dangerous("FILES_S3 は https://s3.example.lg.jp のように書き、FILES_S3_BUCKET、FILES_S3_KEY、FILES_S3_SECRET も設定してください。")

    def _refuse_unreadable(self) -> None:
        if set(self.second_factor) - WHO:
            raise Dangerous(f"SECOND_FACTOR を読めません。{'、'.join(sorted(WHO))} から書いてください。だれにも求めないなら none です。")
        if not 1 <= self.port <= LAST_PORT:
            raise Dangerous(f"PORT={self.port} は使えません。PORT=8000 のように、1 から {LAST_PORT} までの番号にしてください。")
        if self.log_level not in LEVELS:
            raise Dangerous(f"LOG_LEVEL={self.log_level} は読めません。{'、'.join(LEVELS)} のどれかにしてください。")
        if _driver(self.database_url) not in DRIVERS:
            raise Dangerous("DATABASE_URL を読めません。"
                            "postgresql+psycopg://利用者:合言葉@番地/名前 のように書くか、設定を消して SQLite を使ってください。")
        if bool(self.tls_certificate) != bool(self.tls_key):
            raise Dangerous("TLS_CERTIFICATE と TLS_KEY は、二つとも設定してください。")
        if self.clamd and not CLAMD.fullmatch(self.clamd):
            raise Dangerous("CLAMD を読めません。unix:/run/clamav/clamd.ctl か 127.0.0.1:3310 のように書いてください。")
        if self.files_accel and not (ACCEL.fullmatch(self.files_accel) and self.trusted_proxies):
            raise Dangerous("FILES_ACCEL は、中継サーバーがファイルを渡すときだけ、/tsunagaru-files のように書いてください。"
                            "TRUSTED_PROXIES も要ります。")
        for name, path in (("TLS_CERTIFICATE", self.tls_certificate), ("TLS_KEY", self.tls_key)):
            if path and not os.access(path, os.R_OK):
                raise Dangerous(f"{name}={path} を読めません。PEM ファイルの場所と、読む権限を確かめてください。")

    @property
    def on_loopback(self) -> bool:
        return self.host in LOOPBACK

    @property
    def tls(self) -> bool:
        return all(origin.startswith("https://") for origin in self.origins)

    @property
    def address(self) -> str:
        """Where a person opens it."""
        return self.origins[0]

    def _origins(self) -> tuple[str, ...]:
        scheme = "https" if self.tls_certificate else "http"
        names = ("127.0.0.1", "localhost") if self.host in LOOPBACK else (self.host,)
        own = (self.public_url,) if self.public_url else tuple(f"{scheme}://{name}:{self.port}" for name in names)
        return (*own, *self.extra_origins)

    def _kept_secret(self) -> str:
        """Made once, kept in DATA, readable by the owner only."""
        kept = self.data / "secret"
        try:
            if not kept.exists():
                self.data.mkdir(parents=True, exist_ok=True)
                kept.touch(mode=0o600)
                kept.write_text(secrets.token_hex(32))
            return kept.read_text().strip()
        except OSError as trouble:
            raise Dangerous(f"DATA={self.data} に書き込めません（{trouble.strerror}）。場所と、書き込む権限を確かめてください。") from trouble


def _flag(name: str, *, otherwise: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "0", "true", "false", "yes", "no", "on", "off"}:
        return value in {"1", "true", "yes", "on"} if value else otherwise
    raise Dangerous(f"{name}={value} は読めません。{name}=1 または {name}=0 と書いてください。")


def _words(name: str, otherwise: str) -> tuple[str, ...]:
    """By spaces or commas; ``none`` for nobody."""
    said = (os.environ.get(name, "").strip() or otherwise).replace(",", " ").split()
    return () if said == ["none"] else tuple(said)


def _number(name: str, otherwise: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return otherwise
    if not value.isdecimal():
        raise Dangerous(f"{name}={value} は数として読めません。{name}={otherwise} のように書いてください。")
    return int(value)


def _driver(url: str) -> str:
    try:
        return make_url(url).drivername
    except (ArgumentError, ValueError):         # ValueError: a port that is no number
        return ""


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not parts.path and not parts.query
