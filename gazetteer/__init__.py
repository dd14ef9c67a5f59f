"""Places and their names: find toponyms in a text and resolve them."""
