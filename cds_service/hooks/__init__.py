"""The door: HTTP in, a checked Call inside, CDS Hooks JSON out. Flask and marshmallow live here."""
