"""What people decide about being told."""
