"""What delivering costs, beside the raw limit of the same runtime and the library as it comes."""
