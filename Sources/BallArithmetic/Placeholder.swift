// BallArithmetic
