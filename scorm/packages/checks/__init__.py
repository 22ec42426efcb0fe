"""What a package's files say of themselves, noted in the one pass in which they are read."""
