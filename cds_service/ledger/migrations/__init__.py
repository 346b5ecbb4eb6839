"""How a database came to have its tables, one step a file. Shipped in the wheel."""
