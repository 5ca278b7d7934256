"""The plan and how it goes: what the city has decided in its own words, who reports what on each measure, what is stuck."""
