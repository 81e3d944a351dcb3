from django.apps import AppConfig


class Calendar(AppConfig):
    name = "openipt.calendar"
    label = "calendar"
