"""The guests' site on one screen."""

urlpatterns = []
