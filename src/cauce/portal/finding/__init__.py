"""Search over everything public: whatever the accents, in both languages, without scripts."""
