"""The HTTP door of the trainings."""
