"""Tests of Buurtsein."""
