// The product of matrices in one precision and one instruction set; included once for each.
//
// C ← C + A·B, where B was packed into panels of `panel` columns beforehand. Every element of C is the sum
// of its products in the order of k, whatever the extents of the three matrices: a row of C has the same
// bits alone and among others.

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

// A tile of `rows` rows, a number that the compiler knows, and one panel of C.
INLINE void tile(
    const int rows, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, real *restrict c, ptrdiff_t cStride) {
  vector sum[rowsAtOnce][vectorsInPanel];
  UNROLL
  for (int i = 0; i < rows; i++) {
    UNROLL
    for (int v = 0; v < vectorsInPanel; v++) sum[i][v] = load(c + i * cStride + v * lanes);
  }
  for (ptrdiff_t k = 0; k < depth; k++) {
    __builtin_prefetch(ahead + k * lanes, 0, 2);
    vector right[vectorsInPanel];
    UNROLL
    for (int v = 0; v < vectorsInPanel; v++) right[v] = load(b + k * panel + v * lanes);
    UNROLL
    for (int i = 0; i < rows; i++) {
      const real left = a[i * rowStride + k * depthStride];
      UNROLL
      for (int v = 0; v < vectorsInPanel; v++) sum[i][v] += left * right[v];
    }
  }
  UNROLL
  for (int i = 0; i < rows; i++) {
    UNROLL
    for (int v = 0; v < vectorsInPanel; v++) *(vector *)(c + i * cStride + v * lanes) = sum[i][v];
  }
}

// The same for any number of rows up to `rowsAtOnce`.
static void tiles(
    ptrdiff_t rows, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, real *restrict c, ptrdiff_t cStride) {
  switch (rows) {
    case 1: tile(1, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
    case 2: tile(2, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
    case 3: tile(3, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
    case 4: tile(4, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
#if ROWS_AT_ONCE > 4
    case 5: tile(5, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
    case 6: tile(6, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
    case 7: tile(7, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
    case 8: tile(8, depth, a, rowStride, depthStride, b, ahead, c, cStride); break;
#endif
  }
}

// A panel of which C has `columns` columns only: by way of a whole one.
static void edge(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict b, const real *ahead, real *restrict c, ptrdiff_t cStride) {
  real whole[rowsAtOnce * panel] = {0};
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) whole[i * panel + j] = c[i * cStride + j];
  tiles(rows, depth, a, rowStride, depthStride, b, ahead, whole, panel);
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) c[i * cStride + j] = whole[i * panel + j];
}

static void multiply(
    ptrdiff_t rows, ptrdiff_t columns, ptrdiff_t depth, const real *restrict a, ptrdiff_t rowStride,
    ptrdiff_t depthStride, const real *restrict packed, real *restrict c, ptrdiff_t cStride) {
  real own[rowsInBlock * depthAtOnce] __attribute__((aligned(64)));
  // Rows far from one another are gathered, so that a tile reads what lies side by side.
  const int gathers = columns > 2 * panel && (rowStride == 1 || rows > rowsInBlock);
  for (ptrdiff_t start = 0; start < depth; start += depthAtOnce) {
    const ptrdiff_t count = depth - start < depthAtOnce ? depth - start : depthAtOnce;
    for (ptrdiff_t top = 0; top < rows; top += rowsInBlock) {
      const ptrdiff_t height = rows - top < rowsInBlock ? rows - top : rowsInBlock;
      const real *block = a + top * rowStride + start * depthStride;
      if (gathers) {
        for (ptrdiff_t i = 0; i < height; i += rowsAtOnce) {
          const ptrdiff_t some = height - i < rowsAtOnce ? height - i : rowsAtOnce;
          real *group = own + i * depthAtOnce;
          for (ptrdiff_t k = 0; k < count; k++)
            for (ptrdiff_t r = 0; r < some; r++)
              group[k * rowsAtOnce + r] = block[(i + r) * rowStride + k * depthStride];
        }
      }
      for (ptrdiff_t j = 0; j < columns; j += panel) {
        const real *b = packed + j * depth + start * panel;
        for (ptrdiff_t i = 0; i < height; i += rowsAtOnce) {
          const ptrdiff_t some = height - i < rowsAtOnce ? height - i : rowsAtOnce;
          const real *left = gathers ? own + i * depthAtOnce : block + i * rowStride;
          const ptrdiff_t across = gathers ? 1 : rowStride, along = gathers ? rowsAtOnce : depthStride;
          const real *ahead = b + panel * depth + (i / rowsAtOnce) % vectorsInPanel * lanes * count;
          real *target = c + (top + i) * cStride + j;
          if (columns - j >= panel)
            tiles(some, count, left, across, along, b, ahead, target, cStride);
          else
            edge(some, columns - j, count, left, across, along, b, ahead, target, cStride);
        }
      }
    }
  }
}

// B [depth, columns] as panels, one after the other, the last one filled up with zeros.
static void pack(
    ptrdiff_t depth, ptrdiff_t columns, const real *restrict b, ptrdiff_t depthStride,
    ptrdiff_t columnStride, real *restrict packed) {
  for (ptrdiff_t j = 0; j < columns; j += panel) {
    const ptrdiff_t some = columns - j < panel ? columns - j : panel;
    real *target = packed + j * depth;
    if (columnStride == 1) {
      for (ptrdiff_t k = 0; k < depth; k++) {
        for (ptrdiff_t v = 0; v < some; v++) target[k * panel + v] = b[k * depthStride + j + v];
        for (ptrdiff_t v = some; v < panel; v++) target[k * panel + v] = 0;
      }
    } else {
      for (ptrdiff_t v = 0; v < panel; v++)
        for (ptrdiff_t k = 0; k < depth; k++)
          target[k * panel + v] =
              v < some ? b[k * depthStride + (j + v) * columnStride] : 0;
    }
  }
}
