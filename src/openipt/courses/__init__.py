"""A course of therapy: its contract, phase and focus, and its row of facts."""
