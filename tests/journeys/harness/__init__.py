"""What the browser stories stand on: a served demo program, a browser, and the questions asked of each page."""
