from django.apps import AppConfig


class People(AppConfig):
    name = "openipt.people"
    label = "people"
