"""What the pages on a phone show, and what staff see of them."""
