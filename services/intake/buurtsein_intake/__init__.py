"""Accepts reports from any channel and keeps them in Kafka."""
