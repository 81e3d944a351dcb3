"""How we speak to the database where Django's own way costs too much."""
