## Dashboard: costs, Tempo, off-peak hours
