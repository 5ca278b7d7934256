import pytest

from groupware.auth.returning import way_back


@pytest.mark.parametrize("path", ["/", "/chat", "/chat/rooms/3?around=42", "/boards/令和8年度", "/search?q=a%20b&kind=chat", "/@42", "/a//b"])
def test_a_path_of_this_site_is_a_way_back(path: str | None) -> None:
    assert way_back(path) == path


@pytest.mark.parametrize("path", [
    None, "", "chat", "//evil.example", "///evil.example", "/\\evil.example",
    "\\\\evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example",
    "https://evil.example", "https:evil.example", "javascript:alert(1)", "data:text/html,x", "/a\\b", "/a\r\nSet-Cookie:x=y", "/\x00", "/\u00a0/evil",
    "/" + "a" * 3000])
def test_whatever_may_lead_elsewhere_is_not(path: str | None) -> None:
    assert way_back(path) is None


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in?next=/chat", "/sign-out", "/first-run"])
def test_nobody_is_sent_back_to_the_door_itself(path: str | None) -> None:
    assert way_back(path) is None
