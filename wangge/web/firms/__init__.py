"""Organisations (单位): the list, the card with what belongs to one, property firms that have not reported today."""
