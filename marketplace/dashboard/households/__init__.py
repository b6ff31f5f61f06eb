"""The register of households, for the staff of its county alone."""
