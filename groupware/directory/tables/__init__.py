"""The lists of units and people as CSV: what Excel makes of them, read; what Excel can take, written."""
