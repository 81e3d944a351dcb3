"""OpenIPT carries a whole course of interpersonal psychotherapy."""

__version__ = "0.1.0"
