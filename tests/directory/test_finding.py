"""Finding people, and who may find whom."""
from typing import Any

import pytest
from sqlalchemy import select

from groupware.directory.commands.groups import change_group, create_group
from groupware.directory.commands.people import disable_person
from groupware.directory.forms import GroupDraft
from groupware.directory.models import User
from groupware.directory.ports import companions, shares_room
from groupware.directory.queries import find_people, group_for, groups_of, members_of_group, people_cards, person_for
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.directory.town import actor, adviser, audited, move, person, statements_of, unit


def names(reader: Actor, text: str) -> list[str]:
    return [card.name for card in find_people(reader, text)]


@pytest.fixture
def reader(each_town: Any) -> Actor:
    person("渡辺 一郎", "わたなべ いちろう", at="0320", post="課長")
    person("渡邊 二郎", "わたなべ じろう", at="0321")
    person("渡邉 三郎", "わたなべ さぶろう", at="9000", kind="外部")
    person("髙﨑 栞", "たかさき しおり", at="0310", post="課長", number="002079", extension="2111", email="shiori.takasaki@example.jp")
    person("田辺 奈央", "たなべ なお")
    return actor(person("柏木 真帆", "かしわぎ まほ", at="0312"))


def test_every_watanabe_is_found_however_the_name_is_written(reader: Actor) -> None:
    for typed in ("邉", "渡邊", "渡辺", "わたなべ", "ワタナ", "ﾜﾀ"):
        assert {"渡辺 一郎", "渡邊 二郎", "渡邉 三郎"} <= set(names(reader, typed)), typed


def test_one_person_is_found_by_name_kana_number_extension_mail_section_or_post(reader: Actor) -> None:
    for typed in ("高崎", "髙﨑", "髙崎 栞", "たか", "たかさきしおり", "しお", "002079", "２０７９", "2111", "takasaki", "市民課 課長",
                  "しお　市民課"):
        assert names(reader, typed)[:1] == ["髙﨑 栞"], typed


def test_the_end_of_a_kana_name_a_sign_or_a_stranger_finds_nobody(reader: Actor) -> None:
    for typed in ("なべ", "9999", "市", "%", "_", "|", "\\", "わたなべ はなこ", "   ", "", "渡渡"):
        assert names(reader, typed) == [], typed


def test_a_section_finds_all_below_it_in_the_order_of_kana(reader: Actor) -> None:
    assert names(reader, "税務課") == ["渡辺 一郎", "渡邊 二郎"]
    assert names(reader, "市民環境部") == ["柏木 真帆", "髙﨑 栞", "田辺 奈央", "渡辺 一郎", "渡邊 二郎"]


def test_whose_name_it_is_comes_before_whose_section(reader: Actor) -> None:
    person("税務 花子", "ぜいむ はなこ", at="0312")
    assert names(reader, "税務")[0] == "税務 花子"


def test_whoever_may_not_act_is_not_found(reader: Actor) -> None:
    disable_person(SYSTEM, find_people(reader, "002079")[0].id)
    assert names(reader, "002079") == []


def test_the_answer_is_short_and_takes_few_questions(reader: Actor) -> None:
    for number in range(40):
        person(f"佐藤 {number}", "さとう はなこ", at="0312")
    assert len(find_people(reader, "さとう")) == 30
    assert len(find_people(reader, "さとう", 5)) == 5
    assert statements_of(lambda: find_people(reader, "さとう 戸籍係")) <= 7


def test_an_outsider_finds_nobody_but_themself(reader: Actor) -> None:
    outsider = adviser()
    assert names(outsider, "わたなべ") == []
    assert names(outsider, "さえぐさ") == ["三枝 透"]
    with pytest.raises(NotFound):
        person_for(outsider, reader.user_id)
    assert person_for(outsider, outsider.user_id).name == "三枝 透"


def test_an_outsider_finds_whom_a_group_brings_together_and_no_longer_when_they_stop(reader: Actor) -> None:
    outsider, colleague = adviser(), find_people(reader, "002079")[0].id
    group = create_group(SYSTEM, GroupDraft("窓口DX推進チーム", frozenset({outsider.user_id, colleague}), frozenset({(unit("0320"), True)})))
    assert names(outsider, "たか") == ["髙﨑 栞"]
    assert names(outsider, "わたなべ") == ["渡辺 一郎", "渡邊 二郎"]
    assert person_for(outsider, colleague).name == "髙﨑 栞"
    disable_person(SYSTEM, colleague)
    assert names(outsider, "たか") == []
    with pytest.raises(NotFound):
        person_for(outsider, colleague)
    change_group(SYSTEM, group, GroupDraft("窓口DX推進チーム", frozenset({colleague}), frozenset({(unit("0320"), True)})))
    assert names(outsider, "わたなべ") == []


def test_another_room_of_the_house_may_say_whom_an_outsider_meets(reader: Actor) -> None:
    outsider = adviser()
    everybody_with_a_mail = shares_room(lambda _: select(User.id).where(User.email != ""))
    try:
        assert names(outsider, "たか") == ["髙﨑 栞"]
        assert names(outsider, "わたなべ") == []
    finally:
        companions.discard(everybody_with_a_mail)


def test_a_group_is_who_was_named_and_who_sits_in_its_units(reader: Actor) -> None:
    named, ruled = find_people(reader, "002079")[0].id, {card.id for card in find_people(reader, "税務課")}
    group = create_group(SYSTEM, GroupDraft("徴収検討会", frozenset({named}), frozenset({(unit("0320"), True)})))
    assert set(members_of_group(group)) == {named} | ruled
    assert all(groups_of(user_id) == {group} for user_id in {named} | ruled)
    assert groups_of(reader.user_id) == set()
    newcomer = person(at="0321")
    assert newcomer in members_of_group(group)
    change_group(SYSTEM, group, GroupDraft("徴収検討会", units=frozenset({(unit("0320"), False)})))
    assert {card.name for card in people_cards(members_of_group(group)).values()} == {"渡辺 一郎"}
    assert audited("directory.GroupChanged")[0]["left"] == [named]


def test_whoever_moves_away_is_out_of_the_group_by_that_day(reader: Actor) -> None:
    newcomer = person(at="0321")
    group = create_group(SYSTEM, GroupDraft("徴収検討会", units=frozenset({(unit("0320"), True)})))
    assert groups_of(newcomer) == {group}
    move(newcomer, "0312", clock.today())
    assert groups_of(newcomer) == set()


def test_groups_are_made_by_the_steering_section_and_keepers_only(reader: Actor) -> None:
    steering = actor(person(roles=("steering",)))
    group = create_group(steering, GroupDraft("DX推進チーム"))
    assert group_for(reader, group).name == "DX推進チーム"
    with pytest.raises(Forbidden):
        create_group(reader, GroupDraft("勝手なチーム"))
    with pytest.raises(Forbidden):
        change_group(reader, group, GroupDraft("勝手なチーム"))
    with pytest.raises(NotFound):
        group_for(adviser(), group)
    with pytest.raises(Invalid):
        GroupDraft(" ")
    with pytest.raises(Conflict):
        create_group(SYSTEM, GroupDraft("名前だけ", frozenset({99999})))
