"""Tests that need the local platform: a real Kafka and a real store."""
