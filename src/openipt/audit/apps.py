"""The audit trail as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "openipt.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
