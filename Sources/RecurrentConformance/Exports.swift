// Whoever writes a cell and a test of it needs the words of all of these, and imports one module.
@_exported import Conformance
@_exported import DonahueLSTM
@_exported import Equations
@_exported import Frameworks
@_exported import GRU
@_exported import GatedLSTM
@_exported import MultiscaleRNN
@_exported import PadhaiLSTM
@_exported import RecurrentCells
@_exported import Tensors
@_exported import VanillaRNN
