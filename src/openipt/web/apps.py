from django.apps import AppConfig


class Web(AppConfig):
    name = "openipt.web"
    label = "web"
