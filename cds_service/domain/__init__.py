"""The language of the project: plain Python, standard library only."""
