"""Facts that come with the project, and how they get into the database."""
