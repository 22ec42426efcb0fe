"""What authors do with the question bank: categories, items and their versions, searching, editing,
bringing in and giving out. Nothing here knows of pages."""
