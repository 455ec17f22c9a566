"""Getting CMS's files from CMS: landing pages, the newest links on them, downloads that resume. Plain Python."""
