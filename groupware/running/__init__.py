"""Bringing the house up: migrations, the demo city, the helper process, and the parent that watches them."""
