"""What a browser fetches to show a page for the first time, and how heavy it is."""

import gzip
import re
from collections.abc import Callable

_LINKS = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)"|link rel="icon"|script|img|use)[^>]*?'
    r'(?:href|src)="([^"#]+)'
)
_IN_STYLE = re.compile(r'url\(["\']?([^"\')#]+)')
_IN_SCRIPT = re.compile(r'(?:from|import)\s*\(?["\']([^"\']+\.js)["\']')
_FONTS = (".woff2", ".woff")

Fetch = Callable[[str], bytes]
"""Takes the address of a static file as a page names it, gives what is in it."""


def first_load(page: str, fetch: Fetch) -> dict[str, int]:
    """Return the compressed size of the page and of every file it needs, fonts left out.

    The page itself counts uncompressed: answers are never compressed here, for their
    length would tell of what is in them.
    """
    found = {"the page": len(page.encode())}
    waiting = _LINKS.findall(page)
    while waiting:
        address = waiting.pop()
        if address in found or address.endswith(_FONTS):
            continue
        content = fetch(address)
        found[address] = len(gzip.compress(content, 9))
        waiting += [_beside(address, name) for name in _named_in(address, content)]
    return found


def _named_in(address: str, content: bytes) -> list[str]:
    if address.endswith(".css"):
        return _IN_STYLE.findall(content.decode())
    if address.endswith(".js"):
        return _IN_SCRIPT.findall(content.decode())
    return []


def _beside(address: str, name: str) -> str:
    """Return the address of a file that another one names."""
    if name.startswith("/"):
        return name
    parts = address.rsplit("/", 1)[0].split("/")
    for word in name.split("/"):
        if word == "..":
            parts.pop()
        elif word != ".":
            parts.append(word)
    return "/".join(parts)
