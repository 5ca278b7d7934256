"""決裁をあおぐ: one or two steps, each held by a post in a unit or by a person; the answer is an event with the Ref of the thing."""
