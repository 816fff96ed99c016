"""`daybridge serve`: a parent that watches over two children, the web server and the job cluster."""
