"""What changes the plan."""
