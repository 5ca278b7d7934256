"""Rooms in which the staff of the city hall talk: durable, numbered without gaps, and read by whom."""
