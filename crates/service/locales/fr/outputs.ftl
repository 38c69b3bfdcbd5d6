## Destinations : ce qui leur est commun
