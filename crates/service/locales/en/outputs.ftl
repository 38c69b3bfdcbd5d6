## Destinations: what they have in common
