"""FHIR records made from clinical cases: each fact of a case in its plainest form, sent over HTTP."""
