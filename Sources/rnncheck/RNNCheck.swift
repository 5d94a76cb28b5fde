import ArgumentParser

/// The command line: a subcommand a file.
///
/// Each says its own name: to derive it from the type's takes a twentieth of the time of the shortest command.
@main
struct RNNCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rnncheck",
    abstract: "Says whether a recurrent cell computes what a document prints.",
    discussion: """
      Examples:
        rnncheck run                     check every built-in cell
        rnncheck run donahue-lstm        check one
        rnncheck check donahue-lstm -- python3 my_lstm.py
                                         check an implementation of your own
        rnncheck identify -- tools/adapters/pytorch gru
                                         say which cell a layer is
        rnncheck show padhai-lstm        its equations, misprints and gradients
        rnncheck compare cs224d-gru padhai-gru
        rnncheck flow elman-tanh donahue-lstm --out flow.svg
        rnncheck train jane              train a cell on a document's own example
        rnncheck mutate donahue-lstm     what the suite catches: wrong cells tried on it
        rnncheck regenerate --check      say whether the goldens are as they were

      Exit codes: 0 all conform, 1 something departs, 2 could not run, 4 nothing selected, \
      64 usage.
      """,
    version: "0.1.0",
    subcommands: [
      Run.self, Merge.self, CheckCommand.self, Export.self, Grade.self, Identify.self, List.self,
      Show.self, Compare.self, Flow.self, Train.self, Mutate.self, SoundnessCommand.self,
      Regenerate.self, ReadResponse.self,
    ])
}
