"""DX推進チーム: from the proposal to the archive, and everything that is done in between."""
