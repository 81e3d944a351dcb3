"""Answering a questionnaire, and reading what came of it."""
