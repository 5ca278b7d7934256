"""The last gate: a strict list of what may be in the HTML of a text, whatever happened before."""
import re

import nh3

TAGS = {"p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "div", "input",
        "table", "thead", "tbody", "tr", "th", "td"}
FRAME = {"role": {"group"}, "tabindex": {"0"}}
SIDES = {"align": {"left", "center", "right"}}
_SHAPES = {     # what a value must look like; an address leads to a plain host or to a path of this house, never to ``//elsewhere``
    "href": re.compile(r"https?://[^\s@/\\?#]+(?:[/?#][^\s\\]*)?|/[A-Za-z0-9][^\s\\]*"),
    "data-user": re.compile(r"[0-9]+"), "start": re.compile(r"[0-9]+")}


def _in_shape(_: str, name: str, value: str) -> str | None:
    shape = _SHAPES.get(name)
    return value if shape is None or shape.fullmatch(value) else None


sanitise = nh3.Cleaner(
    tags=TAGS, clean_content_tags=set(), url_schemes={"http", "https"}, link_rel="noopener noreferrer nofollow", attribute_filter=_in_shape,
    attributes={"a": {"href"}, "span": {"data-user"}, "ol": {"start"}},
    allowed_classes={"span": {"at", "host"}, "div": {"scroll"}, "p": {"heading", "minor"}, "li": {"task"}},
    tag_attribute_values={
        "a": {"target": {"_blank"}}, "div": FRAME | {"aria-label": {"表"}}, "pre": FRAME | {"aria-label": {"コード"}}, "th": SIDES, "td": SIDES,
        "input": {"type": {"checkbox"}, "disabled": {""}, "checked": {""}, "aria-label": {"済み", "まだ"}}}).clean
