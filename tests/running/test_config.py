"""The program starts with what it understands and dares, or says in one sentence what to set."""
from pathlib import Path

import pytest

from groupware.config import Config, Dangerous
from tests.support.servers import plain_environment, try_flask

SAFE = {"TLS_CERTIFICATE": "cert.pem", "TLS_KEY": "key.pem"}
DANGERS: list[tuple[dict[str, str], str]] = [
    ({"ORIGINS": ""}, "ORIGINS が空です"),
    ({"ORIGINS": " , "}, "ORIGINS が空です"),
    ({"ORIGINS": "*"}, "* を使わず"),
    ({"ORIGINS": "https://*.example.lg.jp"}, "* を使わず"),
    ({"ORIGINS": "groupware.example.lg.jp"}, "完全な形で"),
    ({"PUBLIC_URL": "*"}, "* を使わず"),
    ({"PUBLIC_URL": "https://groupware.example.lg.jp/groupware"}, "完全な形で"),
    ({"HOST": "192.0.2.7"}, "TLS_CERTIFICATE"),
    ({"HOST": "0.0.0.0"}, "TLS_CERTIFICATE"),
    ({"HOST": "0.0.0.0", "TRUSTED_PROXIES": "1"}, "PUBLIC_URL="),
    ({"HOST": "127.0.0.1", "TRUSTED_PROXIES": "1"}, "PUBLIC_URL="),
    ({"HOST": "0.0.0.0", **SAFE}, "PUBLIC_URL="),
    ({"DEMO": "0", "SECRET": "demo-only"}, "実演用のまま"),
    ({"DEMO": "maybe"}, "DEMO=1 または DEMO=0"),
    ({"PORT": "eighty"}, "数として読めません"),
    ({"PORT": "-1"}, "数として読めません"),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL=LOUD"), ({"PORT": "80000"}, "PORT=80000"), ({"PORT": "0"}, "PORT=0"),
    ({"DATABASE_URL": "not a database"}, "DATABASE_URL を読めません"),
    ({"DATABASE_URL": "mysql://city/groupware"}, "DATABASE_URL を読めません"),
    ({"DATABASE_URL": "postgresql+psycopg://city:port/groupware"}, "DATABASE_URL を読めません"),
    ({"TLS_CERTIFICATE": "cert.pem"}, "二つとも"),
    ({"TLS_KEY": "key.pem"}, "二つとも"),
    ({"TLS_CERTIFICATE": "gone.pem", "TLS_KEY": "key.pem"}, "TLS_CERTIFICATE=gone.pem を読めません"),
]


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with two PEM files, and none of this machine's own settings."""
    monkeypatch.chdir(tmp_path)
    for name in {name for settings, _ in DANGERS for name in settings} | {"DATA"}:
        monkeypatch.delenv(name, raising=False)
    for name in SAFE.values():
        (tmp_path / name).touch()


@pytest.mark.parametrize(("settings", "sentence"), DANGERS, ids=[" ".join(f"{k}={v}" for k, v in settings.items()) for settings, _ in DANGERS])
def test_it_does_not_start_and_says_what_to_set(settings: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Dangerous) as refused:
        config_with(monkeypatch, settings)
    assert sentence in str(refused.value)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Dangerous, match="に書き込めません"):
        config_with(monkeypatch, {"DATA": str(tmp_path / "file" / "data")})


@pytest.mark.parametrize(("settings", "origins"), [
    ({}, ("http://127.0.0.1:8000", "http://localhost:8000")),
    ({"PORT": "8001"}, ("http://127.0.0.1:8001", "http://localhost:8001")),
    ({"HOST": "192.0.2.7", **SAFE}, ("https://192.0.2.7:8000",)),
    ({"HOST": "0.0.0.0", "TRUSTED_PROXIES": "1", "PUBLIC_URL": "https://groupware.example.lg.jp/"}, ("https://groupware.example.lg.jp",)),
    ({"PUBLIC_URL": "https://a.example.lg.jp", "ORIGINS": "https://b.example.lg.jp, https://c.example.lg.jp"},
     ("https://a.example.lg.jp", "https://b.example.lg.jp", "https://c.example.lg.jp")),
])
def test_whose_pages_may_act_follows_from_where_it_listens(settings: dict[str, str], origins: tuple[str, ...],
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    assert config_with(monkeypatch, settings).origins == origins


def test_the_key_is_made_once_and_is_the_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (config_with(monkeypatch, {"DEMO": "0"}).secret for _ in range(2))
    assert len(first) == 64
    assert first == second
    assert (tmp_path / "data" / "secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("settings", "sentence"), [
    ({"HOST": "0.0.0.0"}, "TLS_CERTIFICATE"),
    ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing"}, "データベースに届きません"),
    ({"DATABASE_URL": "sqlite:////nowhere/at/all.db"}, "データベースに届きません"),
])
def test_the_program_ends_with_that_sentence_alone(settings: dict[str, str], sentence: str, tmp_path: Path) -> None:
    ended = try_flask({**plain_environment(tmp_path), **settings}, "migrate")
    assert ended.returncode == 1
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def config_with(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]) -> Config:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return Config.from_env()
