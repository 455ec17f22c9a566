"""The people who keep the site: their second factor, and the pages of the admin that are theirs."""
