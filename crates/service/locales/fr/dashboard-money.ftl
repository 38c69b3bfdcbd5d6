## Tableau de bord : coûts, Tempo, heures creuses
