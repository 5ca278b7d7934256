"""Which act leads from which state to which, by whom."""
