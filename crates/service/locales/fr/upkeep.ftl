## Entretien : backup, restore, vacuum, repair
