"""Who did what, for whom, from where: one entry per event, written in the same transaction."""
