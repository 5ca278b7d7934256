"""What is the same on all pages is rendered once; what is not never is kept."""
from itertools import count

from jinja2 import DictLoader

from groupware.ui.rendering import Pages
from tests.conftest import InProcess

PAGE = '{% from "letters" import loud %}<p>{% kept %}{{ loud(count()) }}{% endkept %} {{ count() }}</p>'
LETTERS = "{% macro loud(what) %}<b>{{ what }}</b>{{ city }}{% endmacro %}"


def test_what_is_kept_is_rendered_once_and_the_rest_every_time(house: InProcess) -> None:
    numbers = count(1)
    pages = Pages(house.app, loader=DictLoader({"page.html": PAGE, "letters": LETTERS}), autoescape=True)
    pages.globals.update(count=lambda: next(numbers), city="市")
    assert [pages.get_template("page.html").render() for _ in range(2)] == ["<p><b>1</b>市 2</p>", "<p><b>1</b>市 3</p>"]


def test_of_two_people_each_sees_the_own_name_around_what_is_kept(house: InProcess) -> None:
    pages = Pages(house.app, loader=DictLoader({"page.html": "{% kept %}<i>{{ '<' }}</i>{% endkept %}{{ name }}"}), autoescape=True)
    assert [pages.get_template("page.html").render(name=name) for name in ("藤倉", "<柏木>")] == ["<i>&lt;</i>藤倉", "<i>&lt;</i>&lt;柏木&gt;"]


def test_what_is_kept_for_a_value_is_rendered_once_for_each(house: InProcess) -> None:
    numbers = count(1)
    pages = Pages(house.app, loader=DictLoader({"page.html": "{% kept (name, 1) %}{{ name }}{{ count() }}{% endkept %}"}), autoescape=True)
    pages.globals.update(count=lambda: next(numbers))
    assert [pages.get_template("page.html").render(name=name) for name in ("<柏木>", "藤倉", "<柏木>")] == ["&lt;柏木&gt;1", "藤倉2", "&lt;柏木&gt;1"]
