"""What reaches a browser while it is open: connections, topics, broadcasts. The only room that emits."""
