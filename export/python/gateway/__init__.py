"""Steps that an apply of a gateway's stack runs."""
