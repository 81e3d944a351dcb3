"""Risk answers, alerts, escalation and the help numbers; stores and sends what core.risk decides."""
