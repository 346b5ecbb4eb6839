"""STATION 2, understand: FHIR R4 in, a domain Case out. fhir.resources lives here and nowhere else."""
