"""Published figures: counting them, hiding what would expose somebody, proving that it is hidden."""
