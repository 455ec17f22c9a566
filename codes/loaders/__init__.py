"""From records to rows: what loads a release, checks it, and makes it the one in force."""
