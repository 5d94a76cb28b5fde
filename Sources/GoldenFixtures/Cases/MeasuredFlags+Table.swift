// Made by 'rnncheck mutate --measure-flags'; see MeasuredFlags.

/// The measured flags of all fixtures, case by case.
let measuredFlags = """
  """
