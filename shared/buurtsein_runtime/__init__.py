"""The plumbing that every service shares: Kafka, Redis, settings, logs, metrics, health."""
