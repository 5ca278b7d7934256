"""What comes in, read once."""
