from pathlib import Path

from django.apps import AppConfig


class Courses(AppConfig):
    name = "openipt.courses"
    label = "courses"

    def ready(self) -> None:
        """Let the service's own variants stand beside the built-in ones."""
        from django.conf import settings

        from openipt.core.protocols import use_folder

        use_folder(Path(settings.OPENIPT_OWN_PROTOCOLS))
