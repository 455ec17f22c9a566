"""Every read of the reference side, one room a subject. Returns pricing types, small records, or querysets."""
