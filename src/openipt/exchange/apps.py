from django.apps import AppConfig


class Exchange(AppConfig):
    name = "openipt.exchange"
    label = "exchange"
