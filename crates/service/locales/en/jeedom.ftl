## Jeedom
