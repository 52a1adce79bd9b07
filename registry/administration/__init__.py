"""What an administrator looks after: numbers, lists, editions of the criteria, notices."""
