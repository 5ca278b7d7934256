"""Digital leaders: from a candidate to the end of a term, and how well the sections are covered."""
