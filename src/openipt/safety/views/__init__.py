"""Help, the way out, and the help numbers of a service."""
