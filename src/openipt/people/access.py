"""Each question about people, answered with the reason or an empty string for yes."""
