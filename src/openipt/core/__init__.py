"""The knowledge of the field in plain Python; works without Django."""
