## Tableau de bord : données, compteurs, consentements, sorties, santé
