"""The shell: typed request, refusals to pages, the one door, base pages and components."""
