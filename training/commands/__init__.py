"""Deeds about leaders and about courses."""
