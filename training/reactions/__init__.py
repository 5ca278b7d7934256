"""What follows, told and followed."""
