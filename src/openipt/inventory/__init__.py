"""The people in a life: inventory and closeness circle."""
