"""Published figures: counted, hidden where they would expose somebody, proved to be hidden."""
