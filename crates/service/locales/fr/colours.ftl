## Couleurs des jours (Tempo, EJP)
