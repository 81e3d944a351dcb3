"""Every address there is, found by walking the resolver."""

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from openipt.web.door import policy_of


@dataclass(frozen=True)
class Address:
    """One address: its full name, what it takes, and what its view declares."""

    name: str
    arguments: tuple[str, ...]
    policy: object


def addresses() -> list[Address]:
    return sorted(_walk(get_resolver(), ""), key=lambda address: address.name)


def _walk(resolver: URLResolver, namespace: str):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner)
        elif isinstance(entry, URLPattern):
            arguments = tuple(_arguments(resolver, entry))
            yield Address(
                name=f"{namespace}{entry.name}",
                arguments=arguments,
                policy=policy_of(entry.callback),
            )


def _arguments(resolver: URLResolver, entry: URLPattern):
    seen = dict.fromkeys(resolver.pattern.converters)
    seen.update(dict.fromkeys(entry.pattern.converters))
    if hasattr(entry.pattern, "regex"):
        seen.update(dict.fromkeys(entry.pattern.regex.groupindex))
    return seen
