"""What a browser fetches to show a page for the first time, and how heavy it is."""

import re
from collections.abc import Callable

import brotli

_LINKS = re.compile(
    r'<(?:link rel="(?:stylesheet|icon)"|link rel="icon"|script|img|use)[^>]*?'
    r'(?:href|src)="([^"#]+)'
)
_IN_STYLE = re.compile(r'url\(["\']?([^"\')#]+)')
_IN_SCRIPT = re.compile(r'(?:from|import)\s*\(?["\']([^"\']+\.js)["\']')
_FONTS = (".woff2", ".woff")

Fetch = Callable[[str], bytes]
"""Takes the address of a static file as a page names it, gives what is in it."""


def first_load(page: str, size: int, fetch: Fetch) -> dict[str, int]:
    """Return the size of a page and of every file it needs, fonts left out.

    `size` is how many bytes the page took on the line. Files are counted as the server
    sends them to a browser of today, in Brotli.
    """
    found = {"the page": size}
    waiting = _LINKS.findall(page)
    while waiting:
        address = waiting.pop()
        if address in found or address.endswith(_FONTS):
            continue
        content = fetch(address)
        found[address] = len(brotli.compress(content))
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
