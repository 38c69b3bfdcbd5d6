## Tableau de bord : les pages de l’énergie

dash-chart-table = Les chiffres
dash-chart-csv = CSV
dash-chart-png = Image PNG
