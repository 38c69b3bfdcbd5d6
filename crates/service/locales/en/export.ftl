## Exporter et importer sans rien abîmer / export and import without harm

error-export-own = { $path } is a file of Relevé itself: no export replaces it
error-export-own-do = Choose another name, outside the folder of the readings.
import-unknown-point = Careful: usage point { $prm } is not in your configuration. Check the number.
