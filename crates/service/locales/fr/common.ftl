## Textes de Relevé, français. Un fichier par pièce, un préfixe par fichier.

yes = oui
no = non
