"""Who is to be contacted on which day, before whom, and what does a contact attempt lead to?"""
