"""What Word, Excel, PowerPoint and plain texts say, for the search; and their pages, where LibreOffice is there to make them."""
