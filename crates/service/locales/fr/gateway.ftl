## Passerelle de consentement
