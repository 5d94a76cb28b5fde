print("rnncheck")
