"""Deeds of those who keep the directory."""
