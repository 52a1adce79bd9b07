"""What is kept and for how long, wrong files, and what people may ask about themselves."""
