"""Found: whatever any feature keeps, by the words people type, by those who may see it and nobody else."""
