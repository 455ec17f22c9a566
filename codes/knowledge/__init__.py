"""What CMS's own fields mean for a claim, in words: plain Python, no database, nothing typed by hand
that a file can say."""
