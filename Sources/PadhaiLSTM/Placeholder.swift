// PadhaiLSTM
