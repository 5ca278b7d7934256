"""Keeping: a backup while the house goes on, and a restore into an empty place that is compared and sends nothing again."""
