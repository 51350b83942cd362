"""Mine Action Desktop: from records kept offline to transparency reports that can be defended."""
