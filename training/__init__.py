"""Courses, records and the digital leaders' terms. Announced, not furnished yet: see the CHANGELOG."""
