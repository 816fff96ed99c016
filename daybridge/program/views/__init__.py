"""The program's pages: what the site offers, what it lacks, a form for each thing to add or end."""
