"""What machines ask: alive, ready, and how much."""
