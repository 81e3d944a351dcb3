from django.apps import AppConfig

from openipt.sql import renewing


class Web(AppConfig):
    name = "openipt.web"
    label = "web"

    def ready(self) -> None:
        renewing.watch()
