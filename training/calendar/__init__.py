"""What happens because a day has come, or because the organisation has moved."""
