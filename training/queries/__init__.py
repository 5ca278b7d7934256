"""Questions about leaders, courses and who has learned what."""
