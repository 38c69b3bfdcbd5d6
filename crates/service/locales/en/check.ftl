## Checking: check

check-title = The configuration is valid.
check-file = Configuration: { $value }
check-no-file = Configuration: none, and none is needed to import and read (looked for in: { $value })
check-data-dir = Folder of the readings: { $value }
check-ledger = Database: { $value }
check-ledger-absent = Database: { $value } (not made yet)
check-language = Language: { $value }
check-every = Pace of “run”: every { $value }
check-source = Source “{ $name }”: { $facts }
check-no-source = Source: none. File imports work without one.
check-pace = { $calls ->
    [one] { $calls } call a second at most
   *[other] { $calls } calls a second at most
    }
check-no-pace = no limit of pace
check-usage-point = Usage point: { $value }
check-prices = Prices: { $facts }
check-offer = offer { $value }
check-resale = resale { $value }
check-holidays = holidays { $value }
check-off-peak = off-peak “{ $value }”
check-offers = File of offers: { $value }
check-colours = Colours asked for: { $value }
check-pace-proxy = one call every 6 seconds
