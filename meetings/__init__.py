"""Sittings without paper: bodies with their members, agendas whose clock and numbers compute themselves, papers with their versions."""
