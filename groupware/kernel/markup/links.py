"""Addresses: which ones become links, and how a link looks. Only http, https and the house's own paths; nothing is ever fetched."""
import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString

from groupware.kernel.markup.signs import AND

_HOST = r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?"
_IN_ADDRESS = rf"[A-Za-z0-9._~:/?#\[\]@!$'()*+,;=%{AND}-]"
_OWN = rf"(?m:^|(?<=[\s\u3000-\u303f\uff08\uff1a]))/[a-z][a-z-]*(?:/[a-z][a-z-]*)*/[0-9]+(?:[/?#][A-Za-z0-9/?#={AND}_-]*)?"
_TYPED = r"[^\s()<>\"\ufdd1-\ufdef]*"       # what may stand in the brackets of [label](address)

BARE = rf"(?:{_HOST}(?:[/?#]{_IN_ADDRESS}*)?|{_OWN})"
LABELLED = (rf"!?\[([^\[\]\n]{{0,300}})\]\(((?:{_HOST}(?:[/?#]|(?=[)\s]))|/(?=[A-Za-z0-9])){_TYPED}(?:\({_TYPED}\){_TYPED})*)"
            r"(?: +\"[^\"\n]{0,200}\")?\)")

_bare = re.compile(BARE)


def with_links(text: str) -> str:
    """Escaped text with its bare addresses as links: the short way, as the long one would do it. To be sanitised."""
    return _bare.sub(lambda found: _anchor(address := trimmed(found[0])) + found[0][len(address):], text) if "/" in text else text


def trimmed(address: str) -> str:
    """Without the punctuation that belongs to the sentence around it."""
    address = address.rstrip(".,:;!?'*_~")
    too_many = address.count(")") - address.count("(")
    if too_many > 0 and address.endswith(")"):
        end = max(len(address) - too_many, len(address.rstrip(")")))
        address = address[:end].rstrip(".,:;!?'*_~")
    return address


def bare(address: str) -> Element:
    link = Element("a", _attributes(address))
    link.text = AtomicString(address)
    return link


def labelled(label: str, address: str) -> Element:
    """The host stands beside a label, so that nobody is led elsewhere than the words say."""
    if not label.strip() or label == address:
        return bare(address)
    link = Element("a", _attributes(address))
    link.text = label
    if host := urlsplit(address).netloc:
        SubElement(link, "span", {"class": "host"}).text = AtomicString(f"（{host}）")
    return link


def _attributes(address: str) -> dict[str, str]:
    return {"href": address} if address.startswith("/") else {"href": address, "target": "_blank"}


def _anchor(address: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in _attributes(address).items())
    return f"<a{attributes}>{address}</a>"
