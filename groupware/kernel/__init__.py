"""Machinery that knows no feature, no shell and no HTML."""
