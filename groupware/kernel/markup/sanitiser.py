"""The last gate: a strict list of what may be in the HTML of a text, whatever happened before."""
import nh3

TAGS = {"p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a", "span", "div", "input",
        "table", "thead", "tbody", "tr", "th", "td"}
FRAME = {"role": {"group"}, "tabindex": {"0"}}


def _own(address: str) -> str | None:
    """Relative addresses: paths of this house only, and never ``//elsewhere``."""
    return address if address.startswith("/") and address[1:2].isalnum() else None


sanitise = nh3.Cleaner(
    tags=TAGS, clean_content_tags=set(), url_schemes={"http", "https"}, link_rel="noopener noreferrer nofollow", url_relative=_own,
    attributes={"a": {"href"}, "span": {"data-user"}, "ol": {"start"}},
    allowed_classes={"span": {"at", "host"}, "div": {"scroll"}, "p": {"heading", "minor"}, "li": {"task"}},
    tag_attribute_values={
        "a": {"target": {"_blank"}}, "div": FRAME | {"aria-label": {"表"}}, "pre": FRAME | {"aria-label": {"コード"}},
        "input": {"type": {"checkbox"}, "disabled": {""}, "checked": {""}, "aria-label": {"済み", "まだ"}},
        "th": {"align": {"left", "center", "right"}}, "td": {"align": {"left", "center", "right"}}}).clean
