"""The demo city: its leaders, its courses."""
