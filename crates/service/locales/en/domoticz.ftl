## Domoticz
