"""The only package that knows Flask-AppBuilder: screens, API, gate and skin."""
