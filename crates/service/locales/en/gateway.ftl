## Consent gateway
