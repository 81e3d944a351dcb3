"""What a person takes away, sees of others, and asks for: export and erasure."""
