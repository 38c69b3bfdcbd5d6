## Upkeep: backup, restore, vacuum

cli-doctor = Look at the whole installation and give one advice
cli-doctor-examples =
    Examples:
      releve doctor
      releve doctor --json
cli-backup = Copy the database, even while “releve run” writes
cli-backup-file = The copy to make
cli-backup-force = Replace a file that exists already
cli-backup-examples =
    Example:
      releve backup /mnt/usb/releve-2026-11-21.db
cli-restore = Put a copy in the place of the database
cli-restore-file = The copy to put back
cli-restore-examples =
    Example:
      releve restore /mnt/usb/releve-2026-11-21.db
cli-vacuum = Give back the room that the database does not need
backup-done = Copied: { $path } ({ $size })
restore-done = The database is now that of { $path }.
restore-kept = The one before is kept: { $path }
vacuum-done = The database went from { $before } to { $after }.
migrated = The database was brought up to date (schema { $from } to { $to }). The one before is kept: { $path }
error-backup-itself = { $path } is the database itself
error-ledger-broken = { $path } is damaged: { $cause }
error-ledger-broken-do = If this is the database, put a copy back: releve restore FILE (the one before is kept). If this is a copy, take another.
cli-repair = Ask again now for what is missing, without erasing anything
cli-repair-days = Days: 2026-10, or 2026-11-01..2026-11-15; else all
cli-repair-all = Ask again for complete days too
cli-repair-examples =
    Examples:
      releve repair
      releve repair 2026-11-01..2026-11-15
      releve repair --all --usage-point 22516914714270
repair-reopened-none = No day of that period that was asked before needs to be asked again; what was never asked is asked now.
repair-reopened-one = One day is asked again; nothing is erased.
repair-future = that period is not over yet
repair-future-do = Give days up to yesterday.
error-restore-do = Give the path of a copy made by “releve backup”.
repair-reopened = { $days } days (of all kinds) are asked again; nothing is erased.
repair-left = “releve run” (process { $pid }) is at work: the request is left to it, and it asks for these days again with its next round, in a few seconds. “releve status” says how it goes.
repair-not-left = The request cannot be left to “releve run” in { $path }: { $cause }
