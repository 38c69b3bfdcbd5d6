## Dashboard: data, meters, consents, outputs, health
