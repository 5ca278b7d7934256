"""How well and how quickly people find: judged questions, many documents, a hundred people asking at once."""
