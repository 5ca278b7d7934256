"""Questions about meetings: what one may not know of is NotFound."""
