"""What is due, answering it, results and their trajectory."""
