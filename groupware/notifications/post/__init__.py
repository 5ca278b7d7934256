"""What goes out by mail: written from what is due, carried over SMTP by the helper, tried again until it arrives or cannot."""
