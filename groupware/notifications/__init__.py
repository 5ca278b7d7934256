"""What a person is told: one stream for each, stored, read anywhere and so read everywhere."""
