from django.apps import AppConfig


class Practice(AppConfig):
    name = "openipt.practice"
    label = "practice"
