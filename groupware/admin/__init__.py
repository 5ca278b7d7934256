"""The administrator's desk: lists of units and people brought in, people looked after. The deeds are the directory's and the door's own."""
