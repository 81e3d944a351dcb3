"""The vault as a Django app; its one table is the keyring."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "openipt.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
