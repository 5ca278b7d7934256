"""What changes the directory: people, where they sit, units. One event for each deed."""
