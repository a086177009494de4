"""Text as residents and networks write it: what is private in it is found and hidden. Pure, but for its word lists."""
