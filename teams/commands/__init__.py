"""Teams are proposed, led on, filled and started."""
