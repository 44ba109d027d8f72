"""Schemas, the entry log's rules and the counting of records. An empty room so far."""
