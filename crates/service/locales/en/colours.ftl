## Colours of days (Tempo, EJP)
