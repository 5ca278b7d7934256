"""Notices to the staff, in four strengths, and who has really read them. Announced, not furnished yet: see the CHANGELOG."""
