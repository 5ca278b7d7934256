"""What `make` does before the program itself can run. Only Python's own library: nothing is installed yet when this begins."""
