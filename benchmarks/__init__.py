"""How fast is Waymark, beside what an engineer would pick instead? Each is a command; nobody imports them."""
