"""Keeping as a Django app."""

from django.apps import AppConfig


class KeepingConfig(AppConfig):
    name = "openipt.keeping"
    label = "keeping"
    default_auto_field = "django.db.models.BigAutoField"
