"""`make faults`: everything is killed, stopped, cut and filled up while people talk, and no message may be lost, doubled, out of order or shown
to somebody who was removed. What it does and how to read it: docs/FAULTS.md.
"""
