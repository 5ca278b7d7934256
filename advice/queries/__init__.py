"""Advice as one may see it."""
