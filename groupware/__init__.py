"""The shell and the kernel of つながる: everything the features stand on."""
