"""Tests of the runtime that need neither Kafka nor Redis."""
