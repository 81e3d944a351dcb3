"""Pages that show several parts: one module per page."""
