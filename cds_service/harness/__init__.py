"""Plays an EHR from outside: a FHIR server with synthetic patients, and a service known only by its address."""
