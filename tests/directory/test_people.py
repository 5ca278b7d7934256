"""People: registered once for ever, changed, stopped, departed; the roles they hold."""
from typing import Any

import pytest

from groupware.directory.commands.people import (
    change_person,
    create_person,
    disable_person,
    enable_person,
    grant_role,
    mark_departed,
    take_role,
)
from groupware.directory.models import STATES
from groupware.directory.queries import actor_for, find_people, is_empty, people_cards, person_for
from groupware.directory.queries.people import holders_of_role, roles_of
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from tests.directory.town import actor, administrator, audited, draft, person, statements_of


def test_an_empty_house_says_so(town: Any) -> None:
    assert is_empty()
    person()
    assert not is_empty()


def test_a_staff_number_keeps_its_zeros_and_is_never_given_again(each_town: Any) -> None:
    user_id = person(number="002079")
    mark_departed(SYSTEM, user_id)
    with pytest.raises(Conflict, match="002079"):
        create_person(SYSTEM, draft("別 人", "べつ じん", number="００２０７９"))
    assert create_person(SYSTEM, draft("別 人", "べつ じん", number="2079"))


def test_a_change_says_what_was_before_and_the_number_stays(town: Any) -> None:
    user_id = person(number="002079", extension="2111")
    change_person(SYSTEM, user_id, draft("柏木 美咲", "かしわぎ みさき", number="002079", kind="再任用", extension="2111"))
    assert person_for(SYSTEM, user_id).name == "柏木 美咲"
    changes = audited("directory.PersonChanged")[0]["changes"]
    assert changes == [["family_name", "藤倉", "柏木"], ["family_kana", "ふじくら", "かしわぎ"], ["kind_id", "正職員", "再任用"]]
    with pytest.raises(Invalid):
        change_person(SYSTEM, user_id, draft(number="002080"))


def test_a_change_that_changes_nothing_leaves_no_trace(town: Any) -> None:
    user_id = person(number="002079")
    change_person(SYSTEM, user_id, draft(number="002079"))
    assert audited("directory.PersonChanged") == []


def test_a_new_name_is_found_and_the_old_one_is_not(town: Any) -> None:
    user_id = person(number="002079")
    change_person(SYSTEM, user_id, draft("渡邉 美咲", "わたなべ みさき", number="002079"))
    reader = actor(person("柏木 真帆", "かしわぎ まほ"))
    assert [card.id for card in find_people(reader, "わたな")] == [user_id]
    assert find_people(reader, "ふじ") == []


@pytest.mark.parametrize(("field", "value"), [
    ("staff_number", ""), ("staff_number", "12 34"), ("family", ""), ("family", "長" * 41), ("family_kana", "fujikura"), ("given_kana", "美咲"),
    ("kind", ""), ("email", "misaki"), ("email", "a b@example.jp"), ("extension", "1" * 21)])
def test_a_draft_says_which_field_to_mend(field: str, value: str) -> None:
    with pytest.raises(Invalid) as refused:
        draft(number="000001", **{field: value}) if field != "staff_number" else draft(number=value or " ")
    assert set(refused.value.fields) == {field}


def test_kana_in_any_form_are_kept_as_hiragana() -> None:
    assert draft(kana="ﾌｼﾞｸﾗ ミサキ").family_kana == "ふじくら"


def test_an_unknown_kind_of_staff_is_refused_by_its_name(town: Any) -> None:
    with pytest.raises(Invalid, match="正規っぽい"):
        person(kind="正規っぽい")


def test_a_stopped_person_is_nobody_until_let_in_again(town: Any) -> None:
    user_id = person()
    disable_person(SYSTEM, user_id)
    disable_person(SYSTEM, user_id)
    assert actor_for(user_id) is None
    assert people_cards([user_id])[user_id].state == "disabled"
    enable_person(SYSTEM, user_id)
    assert actor_for(user_id)
    assert [fact["state"] for fact in audited("directory.PersonDisabled")] == ["disabled"]


def test_departing_takes_the_roles_along(town: Any) -> None:
    user_id = person(roles=("leader", "administrator"))
    mark_departed(SYSTEM, user_id)
    enable_person(SYSTEM, user_id)
    assert roles_of(user_id) == []
    assert {fact["role"] for fact in audited("directory.RoleTaken")} == {"leader", "administrator"}


def test_nobody_departs_in_advance(town: Any) -> None:
    with pytest.raises(Invalid):
        mark_departed(SYSTEM, person(), clock.today().replace(year=clock.today().year + 1))


def test_an_administrator_cannot_stop_themself_nor_go_as_the_last_one(town: Any) -> None:
    keeper = administrator()
    with pytest.raises(Conflict, match="自分自身"):
        disable_person(keeper, keeper.user_id)
    with pytest.raises(Conflict, match="最後の管理者"):
        take_role(keeper, keeper.user_id, "administrator")
    grant_role(keeper, person(), "administrator")
    take_role(keeper, keeper.user_id, "administrator")
    assert not actor(keeper.user_id).has("administrator")


def test_a_stopped_administrator_does_not_count_as_another_one(town: Any) -> None:
    keeper, other = administrator(), person(roles=("administrator",))
    disable_person(keeper, other)
    with pytest.raises(Conflict, match="最後の管理者"):
        take_role(keeper, keeper.user_id, "administrator")


def test_a_role_is_granted_once_and_only_if_there_is_one(town: Any) -> None:
    user_id = person()
    grant_role(SYSTEM, user_id, "leader")
    grant_role(SYSTEM, user_id, "leader")
    assert actor(user_id).roles == {"leader"}
    assert holders_of_role("leader") == [user_id]
    assert len(audited("directory.RoleGranted")) == 1
    with pytest.raises(Invalid):
        grant_role(SYSTEM, user_id, "king")


@pytest.mark.parametrize("deed", [disable_person, enable_person, mark_departed])
def test_only_those_who_keep_the_directory_stop_or_let_in(town: Any, deed: Any) -> None:
    user_id, stranger = person(), actor(person(roles=("steering", "cio", "leader")))
    with pytest.raises(Forbidden):
        deed(stranger, user_id)
    with pytest.raises(Forbidden):
        grant_role(stranger, stranger.user_id, "administrator")
    assert audited("directory.PersonDisabled") == []


def test_every_state_has_a_word_and_the_database_knows_no_other(town: Any) -> None:
    assert list(STATES) == ["active", "disabled", "departed"]


def test_to_know_who_acts_takes_two_questions(town: Any) -> None:
    user_id = person(roles=("leader", "administrator"))
    assert statements_of(lambda: actor_for(user_id)) == 2
