// The product of matrices in one precision and one instruction set; included once for each.
//
// C ← C + A·B, where B was packed into panels of `panel` columns beforehand; where `rowStarts` or
// `columnStarts` is given a row or a column starts from its one number there instead of what C has. Every
// element of C is the sum of its products in the order of k, whatever the extents of the three matrices: a row
// of C has the same bits alone and among others.

typedef real vector __attribute__((vector_size(VECTOR_BYTES), aligned(sizeof(real))));

enum {
  lanes = VECTOR_BYTES / sizeof(real),
  vectorsInPanel = 3,
  panel = vectorsInPanel * lanes,
  // The rows of C that are held in registers at a time.
  rowsAtOnce = ROWS_AT_ONCE,
  // The products summed before the next rows; so much of a panel stays in the nearest cache.
  depthAtOnce = 256,
  // The rows of A that are gone through for every panel of B.
  rowsInBlock = 96,
};

INLINE vector load(const real *p) { return *(const vector *)p; }

// One number in all lanes; minus zero stays what it is.
INLINE vector broadcast(real x) { return x - (vector){0}; }

// A tile of `rows` rows and `vectors` vectors of C, numbers that the compiler knows.
INLINE void tile(
    const int rows, const int vectors, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, const real *rowStarts,
    const real *columnStarts, real *restrict c, ptrdiff_t cStride) {
  vector sum[rowsAtOnce][vectorsInPanel];
  UNROLL
  for (int i = 0; i < rows; i++) {
    UNROLL
    for (int v = 0; v < vectors; v++)
      sum[i][v] = rowStarts      ? broadcast(rowStarts[i])
                  : columnStarts ? load(columnStarts + v * lanes)
                                 : load(c + i * cStride + v * lanes);
  }
  for (ptrdiff_t k = 0; k < depth; k++) {
    __builtin_prefetch(ahead + k * lanes, 0, 2);
    vector right[vectorsInPanel];
    UNROLL
    for (int v = 0; v < vectors; v++) right[v] = load(b + k * panel + v * lanes);
    UNROLL
    for (int i = 0; i < rows; i++) {
      const real left = a[i * rowStride + k * depthStride];
      UNROLL
      for (int v = 0; v < vectors; v++) sum[i][v] += left * right[v];
    }
  }
  UNROLL
  for (int i = 0; i < rows; i++) {
    UNROLL
    for (int v = 0; v < vectors; v++) *(vector *)(c + i * cStride + v * lanes) = sum[i][v];
  }
}

// The same for any number of rows up to `rowsAtOnce`.
INLINE void tiles_of(
    const int vectors, ptrdiff_t rows, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, const real *rowStarts,
    const real *columnStarts, real *restrict c, ptrdiff_t cStride) {
#define TILE(rows)                                                                             \
  case rows:                                                                                   \
    tile(                                                                                      \
        rows, vectors, depth, a, rowStride, depthStride, b, ahead, rowStarts, columnStarts, c, \
        cStride);                                                                              \
    break;
  switch (rows) {
    TILE(1) TILE(2) TILE(3) TILE(4)
#if ROWS_AT_ONCE > 4
    TILE(5) TILE(6) TILE(7) TILE(8)
#endif
  }
#undef TILE
}

// And any number of vectors up to those of a panel.
static void tiles(
    ptrdiff_t vectors, ptrdiff_t rows, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, const real *rowStarts,
    const real *columnStarts, real *restrict c, ptrdiff_t cStride) {
#define TILES(vectors)                                                                         \
  case vectors:                                                                                \
    tiles_of(                                                                                  \
        vectors, rows, depth, a, rowStride, depthStride, b, ahead, rowStarts, columnStarts, c, \
        cStride);                                                                              \
    break;
  switch (vectors) {
    TILES(1) TILES(2) TILES(3)
  }
#undef TILES
}

// A panel of which C has `columns` columns only, which are no whole vectors: by way of such.
static void edge(
    ptrdiff_t columns, ptrdiff_t rows, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, const real *rowStarts,
    const real *columnStarts, real *restrict c, ptrdiff_t cStride) {
  const ptrdiff_t vectors = (columns + lanes - 1) / lanes;
  real whole[rowsAtOnce * panel] = {0};
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++)
      whole[i * panel + j] = rowStarts ? 0 : columnStarts ? columnStarts[j] : c[i * cStride + j];
  tiles(
      vectors, rows, depth, a, rowStride, depthStride, b, ahead, rowStarts, NULL, whole, panel);
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) c[i * cStride + j] = whole[i * panel + j];
}

// Numbers of one column of a tile, mostly of a whole one.
INLINE void copy(ptrdiff_t count, const real *restrict numbers, real *restrict target) {
  if (count == rowsAtOnce)
    for (ptrdiff_t i = 0; i < rowsAtOnce; i++) target[i] = numbers[i];
  else
    for (ptrdiff_t i = 0; i < count; i++) target[i] = numbers[i];
}

static void multiply(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict packed, const real *rowStarts,
    const real *columnStarts, real *restrict c, ptrdiff_t cStride) {
  // The rows of a tile side by side, its groups not a power of two apart.
  const ptrdiff_t group = (depthAtOnce + 1) * rowsAtOnce;
  real own[rowsInBlock * (depthAtOnce + 1)] __attribute__((aligned(64)));
  // A transposed matrix is gathered, so that a tile reads what lies side by side.
  const int gathers = columns > 2 * panel && rowStride == 1;
  for (ptrdiff_t start = 0; start < depth; start += depthAtOnce) {
    const ptrdiff_t count = depth - start < depthAtOnce ? depth - start : depthAtOnce;
    for (ptrdiff_t top = 0; top < rows; top += rowsInBlock) {
      const ptrdiff_t height = rows - top < rowsInBlock ? rows - top : rowsInBlock;
      const real *block = a + top * rowStride + start * depthStride;
      if (gathers) {
        for (ptrdiff_t k = 0; k < count; k++)
          for (ptrdiff_t i = 0; i < height; i += rowsAtOnce) {
            const ptrdiff_t some = height - i < rowsAtOnce ? height - i : rowsAtOnce;
            copy(some, block + i + k * depthStride, own + i / rowsAtOnce * group + k * rowsAtOnce);
          }
      }
      for (ptrdiff_t j = 0; j < columns; j += panel) {
        const ptrdiff_t width = columns - j < panel ? columns - j : panel;
        const real *b = packed + j * depth + start * panel;
        for (ptrdiff_t i = 0; i < height; i += rowsAtOnce) {
          const ptrdiff_t some = height - i < rowsAtOnce ? height - i : rowsAtOnce;
          const real *left = gathers ? own + i / rowsAtOnce * group : block + i * rowStride;
          const ptrdiff_t across = gathers ? 1 : rowStride, along = gathers ? rowsAtOnce : depthStride;
          const real *ahead = b + panel * depth + (i / rowsAtOnce) % vectorsInPanel * lanes * count;
          // What C has after the first part of the depth is summed on.
          const real *down = rowStarts && start == 0 ? rowStarts + top + i : NULL;
          const real *right = columnStarts && start == 0 ? columnStarts + j : NULL;
          real *target = c + (top + i) * cStride + j;
          if (width % lanes == 0)
            tiles(
                width / lanes, some, count, left, across, along, b, ahead, down, right, target, cStride);
          else
            edge(width, some, count, left, across, along, b, ahead, down, right, target, cStride);
        }
      }
    }
  }
}

// B [depth, columns] as panels, one after the other, the last one filled up with zeros.
static void pack(
    ptrdiff_t depth, ptrdiff_t columns, const real *restrict b, ptrdiff_t depthStride,
    ptrdiff_t columnStride, real *restrict packed) {
  if (columnStride == 1) {
    // Row by row, as they lie.
    for (ptrdiff_t k = 0; k < depth; k++)
      for (ptrdiff_t j = 0; j < columns; j += panel) {
        const real *row = b + k * depthStride + j;
        real *target = packed + j * depth + k * panel;
        if (columns - j >= panel) {
          UNROLL
          for (int v = 0; v < vectorsInPanel; v++)
            *(vector *)(target + v * lanes) = load(row + v * lanes);
        } else {
          for (ptrdiff_t v = 0; v < panel; v++) target[v] = v < columns - j ? row[v] : 0;
        }
      }
  } else {
    for (ptrdiff_t j = 0; j < columns; j += panel)
      for (ptrdiff_t v = 0; v < panel; v++)
        for (ptrdiff_t k = 0; k < depth; k++)
          packed[j * depth + k * panel + v] =
              v < columns - j ? b[k * depthStride + (j + v) * columnStride] : 0;
  }
}
