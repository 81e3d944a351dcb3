"""How fast the product is: `make bench` runs all of it and prints one table."""
