"""Which four services make up Waymark? They meet on the bus and never import each other."""
