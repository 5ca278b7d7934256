"""Notices to the staff, in several strengths on one object, and who has really read them."""
