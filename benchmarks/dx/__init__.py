"""The DX side of a city hall of 1,500 after one year and after five."""
