// GRU
