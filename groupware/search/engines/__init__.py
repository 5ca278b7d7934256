"""Two ways to keep an index: Whoosh in a folder beside SQLite, and a table of PostgreSQL. Nobody else can tell them apart."""
