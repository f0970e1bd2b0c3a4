"""Privacy in the open: the register of purposes as residents read it, and who watches over looks and assessments."""
