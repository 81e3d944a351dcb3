"""What these pages show: one module per page, each starting from the member."""
