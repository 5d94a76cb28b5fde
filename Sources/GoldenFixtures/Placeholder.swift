// GoldenFixtures
