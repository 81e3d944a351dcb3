"""Addresses. A view without a declared policy refuses to load."""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_script_prefix, get_urlconf, reverse
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


def address(name: str) -> str:
    """Return the address of a view that takes nothing, worked out once for a process.

    A page names some twenty of them, in its navigation alone a dozen.
    """
    return _address(name, get_script_prefix(), get_urlconf())


@lru_cache(maxsize=1024)
def _address(name: str, _prefix: str, urlconf: str | None) -> str:
    return reverse(name, urlconf=urlconf)


def address_of(name: str, *ids: UUID) -> str:
    """Return the address of a view with `%s` in the place of its last id.

    For long lists: to ask for each row anew costs more than all else in the row.
    """
    nobody = UUID(int=0)
    return reverse(name, args=(*ids, nobody)).replace(str(nobody), "%s")


def borrowed(
    patterns: list[URLPattern | URLResolver], policies: Mapping[str, dict[str, Any]]
) -> list[URLPattern | URLResolver]:
    """Return a library's addresses, keeping only those that are given a policy.

    `policies` maps an address's name to the arguments of `open_to`, its roles under
    `roles`, and perhaps a view of ours that takes its place under `view`. What is not
    named is not reachable.
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
            pattern.callback = _told_apart(terms.pop("view", pattern.callback))
            open_to(*terms.pop("roles"), **terms)(pattern.callback)
            kept.append(pattern)
    return kept


def _told_apart(view: Callable[..., Any]) -> Callable[..., Any]:
    """Return the view so that a form which comes back with faults has a status of its own.

    The library answers 200 for it; everywhere else here it is 422.
    """

    @wraps(view)
    def answer(request: Any, *args: Any, **named: Any) -> Any:
        response = view(request, *args, **named)
        form = (getattr(response, "context_data", None) or {}).get("form")
        came_back = request.method == "POST" and response.status_code == HTTPStatus.OK
        if came_back and getattr(form, "errors", None):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return answer
