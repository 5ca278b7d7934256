"""Advice is asked for, given, answered and carried out."""
