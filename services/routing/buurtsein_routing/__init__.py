"""Routes signals to the networks that can act on them."""
