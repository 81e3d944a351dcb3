from django.apps import AppConfig


class People(AppConfig):
    name = "openipt.people"
    label = "people"

    def ready(self) -> None:
        from . import sessions  # noqa: F401 -- it listens to who signs in
