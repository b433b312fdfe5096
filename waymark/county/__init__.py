"""What does a county's year of submissions look like? Everybody and everything in it is invented."""
