"""Ways in: by topic, by indicator, by country and by corridor."""
