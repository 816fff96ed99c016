"""Release of information: what staff give out of a record, on a consent or because the law lets them."""
