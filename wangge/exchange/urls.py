"""x."""

urlpatterns: list = []
