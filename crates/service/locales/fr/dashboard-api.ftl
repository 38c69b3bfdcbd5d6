# L’API JSON du tableau de bord.

dash-api-body = Le corps de la requête n’est pas ce que cette adresse attend : { $cause }.
dash-api-body-do = L’adresse /api/v1/openapi.json le décrit.
dash-api-no-file = La requête ne contient aucun fichier.
