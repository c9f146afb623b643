"""How is the network doing: the face over the whole house."""
