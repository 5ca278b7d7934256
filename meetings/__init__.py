"""Sittings without paper: agenda, papers, minutes, decisions. Announced, not furnished yet: see the CHANGELOG."""
