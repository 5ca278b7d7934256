from threading import get_ident

import pytest

from groupware.auth import hashing
from groupware.auth.tokens import ALPHABET, fingerprint, new_initial_password, new_token
from groupware.kernel.errors import Unavailable


def test_a_password_matches_its_own_hash_only() -> None:
    kept = hashing.hash_of("雨の日は靴下を替える")
    assert hashing.matches(kept, "雨の日は靴下を替える")
    assert not hashing.matches(kept, "雨の日は靴下を替えた")


def test_hashes_are_argon2id_with_the_parameters_we_chose() -> None:
    assert hashing.hash_of("kx7mnqpw").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_nobody_has_no_password_not_even_an_empty_one() -> None:
    assert not hashing.matches(None, "")
    assert not hashing.matches(None, "kx7mnqpw")


def test_a_damaged_hash_opens_nothing() -> None:
    assert not hashing.matches("not a hash", "kx7mnqpw")


def test_an_endless_password_is_not_cut_down_to_one_that_matches() -> None:
    longest = "x" * hashing.LONGEST
    assert hashing.matches(hashing.hash_of(longest), longest)
    assert not hashing.matches(hashing.hash_of(longest), longest + "x" * 1_000_000)


def test_the_work_is_done_in_one_thread_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(hashing, "_verify", lambda *_: threads.append(get_ident()))
    for _ in range(5):
        hashing.matches(None, "kx7mnqpw")
    assert len(set(threads)) == 1
    assert get_ident() not in threads


def test_who_comes_when_too_many_wait_is_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "_waiting", [object()] * hashing.MOST_WAITING)
    with pytest.raises(Unavailable):
        hashing.matches(None, "kx7mnqpw")


def test_a_hash_with_other_parameters_is_outdated() -> None:
    assert not hashing.is_outdated(hashing.hash_of("kx7mnqpw"))
    assert hashing.is_outdated("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$nJVYtOyQWfVqPyfvRZoBwg")


def test_tokens_have_256_bits_and_the_database_keeps_only_their_fingerprint() -> None:
    token = new_token()
    assert len(token) == 43
    assert len(fingerprint(token)) == 64 and token not in fingerprint(token)


def test_an_initial_password_has_no_letter_that_is_misread_on_paper() -> None:
    drawn = {new_initial_password() for _ in range(200)}
    assert len(drawn) == 200
    assert {len(password) for password in drawn} == {14}
    assert set("".join(drawn)) <= set(ALPHABET) | {"-"} and not set("il1o0") & set(ALPHABET)
