//! What does Enedis say, and mean? Wire formats, problems, client.
