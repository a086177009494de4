"""The feedback service: cadence, digests, trends, promises and delivery."""
