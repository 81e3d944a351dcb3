from django.apps import AppConfig


class Home(AppConfig):
    name = "openipt.home"
    label = "home"
