"""The papers of a sitting, measured from outside."""
