"""Paper, where a city hall still needs it: A4 documents in Japanese, and many PDF files bound to one. Made in a child of the helper process."""
