# Staging is gone.
