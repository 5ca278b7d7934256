"""Nouns: terms of digital leaders, courses with their sessions and seats, duties to learn, what somebody has completed."""
