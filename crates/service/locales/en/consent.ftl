## Consents and accounts: consent, account
