"""Nouns: boards with their rights, notices with what they say, ask and where they go, receipts of those they are for."""
