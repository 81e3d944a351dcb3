"""The session itself: agenda, note, addenda, what was agreed."""
