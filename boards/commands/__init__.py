"""Deeds on boards and notices."""
