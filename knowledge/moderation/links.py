"""Addresses of sources: plain https to a public name, written so that no markup can end them early."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

import idna

from knowledge.errors import ParleyError
from knowledge.moderation.text import visible

ADDRESS_LENGTH = 500
"""The most characters of an address, as it is kept."""

_PARTS = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<authority>[^/?#]*)(?P<rest>.*)", re.IGNORECASE)
_NOT_IN_ADDRESSES = re.compile(r"[\s\\]")
_IP_ADDRESS = re.compile(
    r"\[.*|(?:.*\.)?(?:\d+|0x[0-9a-f]*)"
)  # a name that ends in a number is read as IPv4 by browsers
_PRIVATE = frozenset({"localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa", "onion", "invalid"})
_SAFE = "/?#%:!$&+,;=-._~"  # of RFC 3986, without ' ( ) * [ ] of markdown and the @ of mentions
_DEFAULT_PORT = "443"


class WhyNot(StrEnum):
    """Why an address is not allowed."""

    NOT_HTTPS = "not_https"
    USER = "user"
    """It has a user name: what stands before "@" is often taken for the host."""
    HOST = "host"
    """It is not the name of a public host."""
    IP_ADDRESS = "ip_address"
    PORT = "port"
    CHARACTERS = "characters"
    """It has a space, a backslash or a character that cannot be seen."""
    TOO_LONG = "too_long"


@dataclass(eq=False)
class LinkNotAllowed(ParleyError):
    """The text is no address that may be linked to."""

    text: str
    why: WhyNot


def https_address(text: str) -> str:
    """The address as it is kept: https, the host in ASCII (punycode, so that look-alikes show), the rest encoded.

    Surrounding space is dropped, and so is the default port; another port is refused, since published sources have
    none. At most ``ADDRESS_LENGTH`` characters. Its result is what it makes of its result.

    Raises:
        LinkNotAllowed: the text is no such address.
    """
    typed = text.strip(" \t\r\n")
    if len(typed) > ADDRESS_LENGTH:
        raise LinkNotAllowed(text, WhyNot.TOO_LONG)
    parts = _PARTS.fullmatch(typed)
    if _NOT_IN_ADDRESSES.search(typed) or visible(typed) != typed:
        raise LinkNotAllowed(text, WhyNot.CHARACTERS)
    if not parts or parts["scheme"].lower() != "https":
        raise LinkNotAllowed(text, WhyNot.NOT_HTTPS)
    address = f"https://{_host(parts['authority'], text)}{_encoded(parts['rest'])}"
    if len(address) > ADDRESS_LENGTH:
        raise LinkNotAllowed(text, WhyNot.TOO_LONG)
    return address


def host_of(address: str) -> str:
    """The host of an address that ``https_address`` has made, in ASCII."""
    return re.split(r"[/?#]", address.removeprefix("https://"), maxsplit=1)[0]


def _host(authority: str, text: str) -> str:
    if "@" in authority:
        raise LinkNotAllowed(text, WhyNot.USER)
    if authority.startswith("["):
        raise LinkNotAllowed(text, WhyNot.IP_ADDRESS)
    name, _, port = authority.partition(":")
    if port not in {"", _DEFAULT_PORT}:
        raise LinkNotAllowed(text, WhyNot.PORT)
    return _public(_ascii(name, text), text)


def _ascii(name: str, text: str) -> str:
    try:
        return idna.encode(name, uts46=True, std3_rules=True).decode().removesuffix(".")
    except (idna.IDNAError, UnicodeError):
        raise LinkNotAllowed(text, WhyNot.HOST) from None


def _public(host: str, text: str) -> str:
    if _IP_ADDRESS.fullmatch(host):
        raise LinkNotAllowed(text, WhyNot.IP_ADDRESS)
    if "." not in host or host.rsplit(".", 1)[1] in _PRIVATE:
        raise LinkNotAllowed(text, WhyNot.HOST)
    return host


def _encoded(rest: str) -> str:
    """Path, query and fragment; what is encoded already stays, and pairs that are markdown are encoded too."""
    whole = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", rest)
    return quote(whole, safe=_SAFE).replace("__", "%5F%5F").replace("~~", "%7E%7E")
