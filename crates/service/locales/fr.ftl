# Textes de Relevé, français. Les noms vont par pièce : problem-…, show-…, status-…, help-…

yes = oui
no = non
