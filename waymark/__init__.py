"""How is one installation put together from its four services? Nobody imports this package."""
