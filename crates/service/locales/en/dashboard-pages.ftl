## Dashboard: the energy pages

dash-chart-table = The numbers
dash-chart-csv = CSV
dash-chart-png = PNG picture
