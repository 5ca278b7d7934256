"""Files: kept outside the web root under names nobody can guess, seen by whoever may see the thing they hang on."""
