"""Accounts, services, roles, persons and the care relationships that open a record."""
