"""What people do in rooms: the only place of this feature that adds rows."""
