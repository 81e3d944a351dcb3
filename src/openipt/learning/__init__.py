"""Readings in plain words: offered, suggested, read."""
