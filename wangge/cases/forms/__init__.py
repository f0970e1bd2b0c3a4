"""What people send us, checked before an action sees it."""
