// DonahueLSTM
