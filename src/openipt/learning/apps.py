from django.apps import AppConfig


class Learning(AppConfig):
    name = "openipt.learning"
    label = "learning"
