"""Charts drawn on the server: one drawing, put on paper as SVG or PDF, read without scripts."""
