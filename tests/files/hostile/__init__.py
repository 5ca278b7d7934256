"""More than a hundred files that mean harm, made here: by family, each with a title, the name it comes under and what it must be taken for."""
