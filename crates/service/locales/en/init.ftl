## First configuration

init-intro = A few questions, then { $path } is written. Ctrl+D gives up and writes nothing.
init-prm = Usage point (PRM), 14 digits
init-prm-more = Another usage point (Enter: no)
init-twice-do = Give another one, or press Enter to go on.
init-name = Its name, such as Home (Enter: none)
init-client-id =
    Where the readings come from, one of these words:
      account   your customer account of the Enedis site
      gateway   a consent gateway of Relevé
      domoticz  the proxy of the Domoticz plugin
      folder    a folder into which you drop exports
    or the client id of your own Enedis application (Enter: none, imports from files only)
init-generation = Generation of the Data Connect API, 2026, v5 or auto (Enter: auto, whichever serves)
init-generation-wrong = The generation is auto, 2026 or v5.
init-secret-where = The application’s secret: 1 to type it, 2 to name a file that holds it
init-secret-where-wrong = Answer 1 or 2.
init-secret = Secret
init-secret-hidden = Secret (it is not shown)
init-secret-file = Path of the file
init-secret-file-wrong = This path is empty.
init-secret-file-later = The path is noted all the same; put this right before the first collection.
init-written = { $path } is written; only you can read it.
init-next = Next: “releve check” verifies, “releve sync” collects.
init-next-import = Next: “releve import FILE” reads a file downloaded from Enedis.
init-exists = { $path } exists already; it is left as it is
init-exists-do = Change it with your editor, or move it away first.
init-ended = the dialogue broke off: nothing is written
init-unwritable = { $path } cannot be written ({ $why })
init-unwritable-do = Check the permissions of this folder and the space on the disk.
init-terminal = the terminal no longer answers ({ $why }): nothing is written
init-file-head =
    Configuration of Relevé, written by “releve init”.
    After a change: releve check
    This file may hold a secret: keep it in mode 0600.
init-file-language = Language of messages: fr or en.
init-file-data-dir = Folder of the readings; without this line: ~/.local/share/releve
init-file-no-source = No source: imported files only. To collect from Enedis, with an application of your own:
init-file-source = The Data Connect API of Enedis, with an application of your own.
init-file-generation = Generation of the API: "2026" (the current one), "v5" (the one before) or "auto" (whichever serves).
init-file-client-id = The application’s client id and secret, from the Enedis DataHub site.
init-file-usage-points = One usage point (PRM) per [[usage_points]] section.
init-file-schedule = How often “releve run” looks whether something is due.
init-offer = Offer of usage point { $prm }, for example trv-base, trv-hphc, trv-tempo (Enter: later)
init-offer-wrong = no built-in offer is called “{ $id }”
init-offer-wrong-do = The offers: { $ids }. A market offer is described later, in a file of offers.
init-next-account = Next: “releve account add” asks for the account’s address, password and cookie, signs in and begins to collect.
init-file-account =
    The customer account of the Enedis site. “releve account add” asks for its
    address and password: they are not in this file.
init-gateway = Address of the gateway (https://…)
init-folder = Path of the folder
init-next-consent = Next: “releve consent” shows the link where you give your consent, “releve sync” collects.
init-next-folder = Next: drop exports into the folder, “releve sync” reads them.
init-file-gateway = A consent gateway of Relevé. “releve consent” shows a link and a code.
init-file-domoticz = The proxy of the Domoticz plugin. “releve consent” shows a link.
init-file-folder = A folder into which you drop exports from the Enedis site.
init-file-conso-api = The service conso.boris.sh, with the token from its site.
init-file-myelectricaldata = The service myelectricaldata.fr, with the token from its site.
init-file-output-domoticz = Domoticz gets the readings.
init-file-output-jeedom = Jeedom gets the readings.
