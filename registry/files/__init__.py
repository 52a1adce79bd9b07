"""Files people hand in: what may come in, where it is kept, how it goes out again."""
