"""Questions about rooms, messages and readers. Loading goes through the membership: a stranger finds nothing."""
