"""Suggested help numbers by country, and numbers that are no longer in use."""
