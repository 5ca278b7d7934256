"""One piece of advice, the casebook, the years."""
