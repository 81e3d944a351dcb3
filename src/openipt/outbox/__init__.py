"""Work that must happen: written with the change that asks for it, done at least once.

`enqueue` writes a job in the caller's transaction; `worker` does what is due. Tasks are
declared with `django_tasks.task`; what happens again and again with `periodic`.
"""

from .operations import cancel, enqueue
from .schedule import periodic

__all__ = ["cancel", "enqueue", "periodic"]
