"""Pages: my data for the person, requests for erasure for those who answer them."""
