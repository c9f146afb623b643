"""What is read; whatever holds people's data takes the viewer."""
