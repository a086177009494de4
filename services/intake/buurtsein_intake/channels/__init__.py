"""The channels that residents use already: an adapter each, one file with verify, parse and answer."""
