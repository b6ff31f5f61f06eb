"""Writing agreements, benefit records, recognitions and batches of figures."""
