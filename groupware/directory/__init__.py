"""The city hall as it is, was and will be: units, people, who sits where and since when."""
