## Santé : doctor, notifications, report
