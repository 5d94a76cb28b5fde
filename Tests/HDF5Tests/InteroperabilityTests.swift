import Foundation
import HDF5
import Testing

@Suite("Other programs")
struct InteroperabilityTests {
  let scratch: ScratchFolder

  init() throws {
    scratch = try ScratchFolder()
  }

  /// Writes a file with one of everything that other programs are asked about.
  private func write() throws -> String {
    let file = try HDF5File.create(scratch.path("swift.h5"))
    try file.setAttribute("format", to: "rnncheck")
    try file.setAttribute("version", to: 1)
    let generic = try file.createGroup("cases/generic")
    try generic.setAttribute("flags", to: ["gate_order", "σ"])
    try generic.setAttribute("sizes", to: [2, 3])
    try generic.setAttribute("rate", to: 0.1)
    let x = try generic.write(
      [1.5, -0.0, .infinity, .leastNonzeroMagnitude, 4, 5], shape: [2, 3], to: "x")
    try generic.write([Float(0.1)], shape: [], to: "scalar")
    try generic.write([Float](), shape: [0, 2, 3], to: "none")
    try generic.write([Int.min, .max], shape: [2], to: "int")
    try generic.write([Int32.min, .max], shape: [2], to: "int32")
    try generic.write(["h", "ĉ̃", ""], shape: [3], to: "names")
    try generic.write((0..<10_000).map(Double.init), shape: [100, 100], to: "large")
    let time = try generic.write([0, 1], shape: [2], to: "axes/time")
    try time.makeScale(named: "time")
    try x.attachScale(time, toAxis: 0)
    try x.setLabel("hidden", ofAxis: 1)
    try file.close()
    return file.name
  }

  @Test(
    "h5py reads what is written here",
    .enabled(if: ExternalTool.hasH5py, "needs python3 with h5py"))
  func h5pyReads() throws {
    let script = """
      import sys, h5py, numpy as np
      f = h5py.File(sys.argv[1], "r")
      def same(found, expected):
          assert found == expected, f"expected {expected!r}, found {found!r}"
      same(f.attrs["format"], "rnncheck")
      same(type(f.attrs["format"]), str)
      same(f.attrs["version"], 1)
      g = f["cases/generic"]
      same(list(g.attrs["flags"]), ["gate_order", "σ"])
      same(list(g.attrs["sizes"]), [2, 3])
      same(g.attrs["rate"], 0.1)
      def dataset(name, dtype, shape):
          same((g[name].dtype.str, g[name].shape), (dtype, shape))
          return g[name][()]
      x = dataset("x", "<f8", (2, 3))
      same(x.tobytes(), np.array([1.5, -0.0, np.inf, 5e-324, 4, 5]).tobytes())
      same(dataset("scalar", "<f4", ()), np.float32(0.1))
      dataset("none", "<f4", (0, 2, 3))
      same(list(dataset("int", "<i8", (2,))), [-2**63, 2**63 - 1])
      same(list(dataset("int32", "<i4", (2,))), [-2**31, 2**31 - 1])
      same(list(g["names"].asstr()), ["h", "ĉ̃", ""])
      assert (dataset("large", "<f8", (100, 100)).ravel() == np.arange(10000)).all()
      same([s.name for s in g["x"].dims[0].values()], ["/cases/generic/axes/time"])
      same(list(g["x"].dims[0].keys()), ["time"])
      same(g["x"].dims[1].label, "hidden")
      assert g["axes/time"].is_scale
      """
    let (status, output) = try ExternalTool.run("python3", "-c", script, write())
    #expect(status == 0, "\(output)")
  }

  @Test(
    "what h5py writes is read here", .enabled(if: ExternalTool.hasH5py, "needs python3 with h5py"),
    arguments: ["earliest", "v108", "v110"])
  func readsH5py(libver: String) throws {
    let name = scratch.path("python.h5")
    let script = """
      import sys, h5py, numpy as np
      f = h5py.File(sys.argv[1], "w", libver=sys.argv[2])
      f.attrs["dtype"] = "float32"
      f.attrs["unicode"] = "∂E/∂W"
      f.attrs["ascii"] = np.bytes_("plain")
      f.attrs["n"] = 7
      f.attrs["names"] = ["h", "ĉ"]
      f.attrs["truth"] = True
      f.attrs["nothing"] = h5py.Empty("f8")
      g = f.create_group("cases/generic")
      g["x"] = np.arange(6, dtype="f8").reshape(2, 3)
      g["big"] = np.arange(6, dtype=">f4")
      g["bigint"] = np.arange(6, dtype=">i8")
      g["half"] = np.arange(6, dtype="f2")
      g["unsigned"] = np.arange(6, dtype="u8")
      g["complex"] = np.arange(6, dtype="c16")
      g["bool"] = np.array([True])
      g["scalar"] = np.float64(0.1)
      g["none"] = np.zeros((0, 3))
      g["names"] = ["h", "", "ĉ"]
      g["fixed"] = np.array([b"ab", b"c"])
      g.create_dataset("packed", data=np.arange(1000.0), compression="gzip", chunks=(100,))
      g.create_dataset("unwritten", shape=(1 << 40,), dtype="f8", chunks=(1024,))
      g.create_dataset("overflow", shape=(1 << 40, 1 << 40), dtype="f8", chunks=(1024, 1024))
      g.create_dataset("latin", data=np.array([b"\\xe9"]))
      g["soft"] = h5py.SoftLink("x")
      g["dangling"] = h5py.SoftLink("y")
      g["external"] = h5py.ExternalLink(sys.argv[1] + ".other", "/x")
      with h5py.File(sys.argv[1] + ".other", "w") as other: other["x"] = [1.0]
      layout = h5py.VirtualLayout(shape=(1,), dtype="f8")
      layout[:] = h5py.VirtualSource(sys.argv[1] + ".other", "x", shape=(1,))
      if sys.argv[2] == "v110": g.create_virtual_dataset("virtual", layout)
      open(sys.argv[1] + ".raw", "wb").write(bytes(8))
      g.create_dataset("outside", shape=(1,), dtype="f8", external=[(sys.argv[1] + ".raw", 0, 8)])
      g["t"] = [0, 1]
      g["t"].make_scale("time")
      g["x"].dims[0].attach_scale(g["t"])
      g["x"].dims[1].label = "hidden"
      f.close()
      """
    let (status, output) = try ExternalTool.run("python3", "-c", script, name, libver)
    #expect(status == 0, "\(output)")

    let file = try HDF5File.open(name)
    #expect(try file.attribute("dtype", as: String.self) == "float32")
    #expect(try file.attribute("unicode", as: String.self) == "∂E/∂W")
    #expect(try file.attribute("ascii", as: String.self) == "plain")
    #expect(try file.attribute("n", as: Int.self) == 7)
    #expect(try file.attribute("names", as: [String].self) == ["h", "ĉ"])
    expectError(.elementKind, try file.attribute("truth", as: Int.self))
    expectError(.shape, try file.attribute("nothing", as: Double.self))
    expectError(
      .limit, try file.attribute("unicode", as: String.self, limits: HDF5Limits(textBytes: 8)))

    let generic = try file.group("cases/generic")
    let x = try generic.read(Double.self, "x")
    #expect(x.shape == [2, 3])
    #expect(x.elements == [0, 1, 2, 3, 4, 5])
    #expect(try generic.read(Float.self, "big").elements == [0, 1, 2, 3, 4, 5])
    #expect(try generic.read(Int.self, "bigint").elements == [0, 1, 2, 3, 4, 5])
    #expect(try generic.read(Double.self, "scalar") == ([], [0.1]))
    #expect(try generic.read(Double.self, "none") == ([0, 3], []))
    #expect(try generic.read(String.self, "names").elements == ["h", "", "ĉ"])
    #expect(try generic.read(String.self, "fixed").elements == ["ab", "c"])
    #expect(try generic.read(Double.self, "packed").elements == (0..<1000).map(Double.init))
    #expect(try generic.read(Double.self, "soft").elements == x.elements)
    #expect(try generic.dataset("x").scaleNames() == [["time"], []])
    #expect(try generic.dataset("x").labels() == ["", "hidden"])

    for name in ["half", "unsigned", "complex", "bool", "names"] {
      expectError(.elementKind, try generic.read(Double.self, name))
    }
    #expect(
      try generic.dataset("unsigned").elementKind == .integer(bits: 64, signed: false))
    let unwritten = expectError(.limit, try generic.read(Double.self, "unwritten"))
    #expect(unwritten?.message == "expected at most 268435456 elements, found 1099511627776")
    expectError(.shape, try generic.read(Double.self, "overflow"))
    expectError(.text, try generic.read(String.self, "latin"))

    // Nothing outside the file is ever read.
    expectError(.library, try generic.read(Double.self, "external"))
    expectError(.foreignStorage, try generic.read(Double.self, "outside"))
    if try generic.exists("virtual") {
      expectError(.foreignStorage, try generic.read(Double.self, "virtual"))
    }
    let kinds = Dictionary(
      uniqueKeysWithValues: try generic.members().map { ($0.name, $0.kind) })
    #expect(kinds["soft"] == .dataset)
    #expect(kinds["dangling"] == .other)
    #expect(kinds["external"] == .other)
  }

  @Test(
    "h5dump prints what is written here",
    .enabled(if: ExternalTool.hasH5dump, "needs h5dump of hdf5-tools"))
  func h5dumpReads() throws {
    let (status, output) = try ExternalTool.run("h5dump", write())
    #expect(status == 0, "\(output)")
    for line in [
      #"(0): "rnncheck""#, "CSET H5T_CSET_UTF8", "STRPAD H5T_STR_NULLPAD", "H5T_IEEE_F64LE",
      "H5T_IEEE_F32LE", "H5T_STD_I64LE", "H5T_STD_I32LE", "DATASPACE  SCALAR", "( 0, 2, 3 )",
      #"GROUP "generic""#, "(0): -9223372036854775808, 9223372036854775807",
    ] {
      #expect(output.contains(line), "no \(line) in \(output.prefix(2000))")
    }
  }
}
