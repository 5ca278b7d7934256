"""What follows from the directory: whoever may not act any more is signed out everywhere, in the same transaction."""
