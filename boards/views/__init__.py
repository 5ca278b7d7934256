"""The HTTP door of the boards."""
