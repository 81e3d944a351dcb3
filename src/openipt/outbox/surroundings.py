"""What surrounds each piece of work, named in the settings so that nothing is imported."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.utils.module_loading import import_string


@contextmanager
def surrounded() -> Iterator[None]:
    """Enter the context managers that OPENIPT_JOB_SCOPES names, the first outermost."""
    with ExitStack() as stack:
        for name in getattr(settings, "OPENIPT_JOB_SCOPES", ()):
            stack.enter_context(import_string(name)())
        yield
