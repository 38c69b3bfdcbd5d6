## Relevé's texts, English. A file a room, a prefix a file.

yes = yes
no = no
