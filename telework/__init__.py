"""Where colleagues work today and how they are reached; working from home asked for, permitted, reported and confirmed. Nobody is watched."""
