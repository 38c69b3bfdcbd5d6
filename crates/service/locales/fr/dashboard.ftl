## Tableau de bord
