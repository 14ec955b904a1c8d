from django.urls import URLPattern

app_name = "exclusions"
urlpatterns: list[URLPattern] = []
