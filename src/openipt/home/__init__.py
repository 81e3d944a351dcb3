"""The first page per role and every page that shows several parts of one record."""
