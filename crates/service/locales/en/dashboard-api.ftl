# The JSON API of the dashboard.

dash-api-body = The request's body is not what this address takes: { $cause }.
dash-api-body-do = The address /api/v1/openapi.json describes it.
dash-api-no-file = The request carries no file.
