"""What a list would change: each line beside what the directory says on that day. Looks only, and finds every trouble before anything is done."""
