"""What the program can do, measured. Never a timed test."""
