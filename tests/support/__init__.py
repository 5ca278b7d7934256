"""What tests lean on: programs beside them (servers), a browser, counted skips (needs), their order, waiting for a condition."""
