"""What a person looks at: the frame around every page, the components it is built of, the addresses of its files, headers, errors."""
