"""The person's journal and tasks, and the pages that they share."""
