"""Series and appointments in wall time, and what became of them."""
