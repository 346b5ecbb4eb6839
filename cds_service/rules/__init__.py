"""Station 3, decide: a case and the knowledge in, verdicts out. Imports no library."""
