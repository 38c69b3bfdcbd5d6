## Dashboard
