"""The HTTP door of the rooms."""
