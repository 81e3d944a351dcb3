"""The journal and its kinds of pages, and the tasks of the week."""
