"""The contracts and the tools around them."""
