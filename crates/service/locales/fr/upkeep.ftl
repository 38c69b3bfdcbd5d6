## Entretien : sauvegarde, restauration, compactage

cli-doctor = Examine toute l’installation et donne un conseil
cli-doctor-examples =
    Exemples :
      releve doctor
      releve doctor --json
cli-backup = Copie la base, même pendant que « releve run » écrit
cli-backup-file = La copie à créer
cli-backup-force = Remplacer un fichier qui existe déjà
cli-backup-examples =
    Exemple :
      releve backup /mnt/usb/releve-2026-11-21.db
cli-restore = Remet une copie à la place de la base
cli-restore-file = La copie à remettre
cli-restore-examples =
    Exemple :
      releve restore /mnt/usb/releve-2026-11-21.db
cli-vacuum = Rend la place dont la base n’a pas besoin
backup-done = Copie faite : { $path } ({ $size })
restore-done = La base est maintenant celle de { $path }.
restore-kept = Celle d’avant est gardée : { $path }
vacuum-done = La base est passée de { $before } à { $after }.
migrated = La base a été mise à jour (schéma { $from } vers { $to }). Celle d’avant est gardée : { $path }
error-backup-itself = { $path } est la base elle-même
error-ledger-broken = { $path } est endommagé : { $cause }
error-ledger-broken-do = Si c’est la base, remettez une copie : releve restore FICHIER (celle d’avant est gardée). Si c’est une copie, prenez-en une autre.
cli-repair = Redemande maintenant ce qui manque, sans rien effacer
cli-repair-days = Des jours : 2026-10, ou 2026-11-01..2026-11-15 ; sinon, tous
cli-repair-all = Redemander aussi les jours complets
cli-repair-examples =
    Exemples :
      releve repair
      releve repair 2026-11-01..2026-11-15
      releve repair --all --usage-point 22516914714270
repair-reopened-none = Aucun jour déjà demandé n’est à reprendre dans cette période ; ce qui n’a jamais été demandé l’est maintenant.
repair-reopened-one = Un jour est redemandé ; rien n’est effacé.
repair-future = cette période n’est pas encore passée
repair-future-do = Donnez des jours jusqu’à hier.
error-restore-do = Donnez le chemin d’une copie faite par « releve backup ».
repair-reopened = { $days } jours (toutes sortes confondues) sont redemandés ; rien n’est effacé.
repair-left = « releve run » (processus { $pid }) est à l’œuvre : la demande lui est laissée, il redemandera ces jours à son prochain tour, dans quelques secondes. « releve status » dit où il en est.
repair-not-left = La demande ne peut être laissée à « releve run » dans { $path } : { $cause }
