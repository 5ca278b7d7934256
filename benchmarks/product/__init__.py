"""The whole product, as its users have it: signed in, through the socket door, on SQLite with every commit on the disc."""
