from django.apps import AppConfig


class Questionnaires(AppConfig):
    name = "openipt.questionnaires"
    label = "questionnaires"
