"""The contracts as files: examples, schemas and the AsyncAPI document."""
