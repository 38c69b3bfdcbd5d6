## Upkeep: backup, restore, vacuum, repair
