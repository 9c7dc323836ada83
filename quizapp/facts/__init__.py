"""Facts: articles, entities, predicates, and the packs that hold them; reading and checking."""
