## Consentements et comptes : consent, account
