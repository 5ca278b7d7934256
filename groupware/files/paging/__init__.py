"""PDF files page by page: what a page says, how it looks, and by what it is known again."""
