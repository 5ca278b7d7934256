"""Nouns: bodies with their members, sittings with their agenda, papers with their versions."""
