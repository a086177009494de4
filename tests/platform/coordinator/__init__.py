"""Coordinators and authors on a real Kafka and a real store."""
