from django.apps import AppConfig


class Inventory(AppConfig):
    name = "openipt.inventory"
    label = "inventory"
