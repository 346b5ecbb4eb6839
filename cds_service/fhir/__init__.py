"""STATION 1, fetch: bytes and HTTP, no meaning. What a rule needs is gathered from prefetch, then from the server."""
