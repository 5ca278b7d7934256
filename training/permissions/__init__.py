"""Who may do what about leaders and about courses."""
