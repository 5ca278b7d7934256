"""「今日、私は何をすればよいか」: the first page, put together from what each feature knows of a person's day."""
