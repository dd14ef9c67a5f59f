"""Article in; dated, typed, placed, attributed incidents out."""
