"""The HTTP door of places and of telework."""
