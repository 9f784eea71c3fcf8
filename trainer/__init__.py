"""The role-play: director, voices, coach, session, pages and the command line."""
