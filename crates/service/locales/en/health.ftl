## Health: doctor, notifications, report
