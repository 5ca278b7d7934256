"""Facts about leaders and courses."""
