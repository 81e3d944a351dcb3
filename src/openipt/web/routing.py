"""Addresses. A view without a declared policy refuses to load."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver
from django.urls import path as django_path

from .door import open_to, policy_of


class UndeclaredView(ImproperlyConfigured):
    """A view says nothing about who may open it."""


def path(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    """Return the address of a view.

    :raises UndeclaredView: if the view carries no policy
    """
    if policy_of(view) is None:
        raise UndeclaredView(
            f"{view.__module__}.{view.__name__} has no policy: say who may open it "
            f"with @open_to(…)."
        )
    return django_path(route, view, name=name)


def borrowed(
    patterns: list[URLPattern | URLResolver], policies: Mapping[str, dict[str, Any]]
) -> list[URLPattern | URLResolver]:
    """Return a library's addresses, keeping only those that are given a policy.

    `policies` maps an address's name to the arguments of `open_to`, its roles under
    `roles`. What is not named is not reachable.
    """
    kept: list[URLPattern | URLResolver] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = borrowed(pattern.url_patterns, policies)
            if inner:
                resolver = URLResolver(pattern.pattern, inner)
                kept.append(resolver)
        elif pattern.name is not None and pattern.name in policies:
            terms = dict(policies[pattern.name])
            open_to(*terms.pop("roles"), **terms)(pattern.callback)
            kept.append(pattern)
    return kept
