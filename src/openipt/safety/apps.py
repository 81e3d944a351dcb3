from django.apps import AppConfig


class Safety(AppConfig):
    name = "openipt.safety"
    label = "safety"
