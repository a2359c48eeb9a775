"""What the project's makers run: see the scripts themselves."""
