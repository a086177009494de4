"""Tests on a real Kafka and a real store, started once for all of them."""
