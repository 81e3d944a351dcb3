from django.apps import AppConfig


class Encounters(AppConfig):
    name = "openipt.encounters"
    label = "encounters"
