"""One module a subject; each ends in its part of the route table."""
