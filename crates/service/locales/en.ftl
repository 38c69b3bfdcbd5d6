# Relevé's texts, English. Names go by room: problem-…, show-…, status-…, help-…

yes = yes
no = no
