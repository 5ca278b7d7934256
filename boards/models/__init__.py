"""Nouns: boards with their rights, notices with what they say, receipts of those they are for."""
