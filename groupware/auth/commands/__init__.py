"""The deeds at the door. A password is hashed before its command begins: nothing slow happens inside a transaction."""
