"""Files that an outlook starts from besides releases: populations, projections, national rates."""
