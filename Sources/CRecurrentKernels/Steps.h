// The equations of a step and their way back, element by element; included once for each precision and
// instruction set. Signals and gradients stand in the order of the family's equations.

// y = tanh(x) and y = σ(x), where y may be x. A loop for each activation is faster than one for all of a
// step, whose coefficients do not fit into the registers.
static void tangents_of(ptrdiff_t n, const real *x, real *y) {
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) y[k] = tanh_of(x[k]);
}

static void sigmoids_of(ptrdiff_t n, const real *x, real *y) {
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) y[k] = sigmoid_of(x[k]);
}

static void tangents(ptrdiff_t n, real *y) { tangents_of(n, y, y); }

static void sigmoids(ptrdiff_t n, real *y) { sigmoids_of(n, y, y); }

static void lstm_forward(
    ptrdiff_t n, const real *blocks, ptrdiff_t stride, const real *const *before,
    ptrdiff_t beforeOffset, real *const *signals, ptrdiff_t offset) {
  const real *a0 = blocks, *a1 = a0 + stride, *a2 = a1 + stride, *a3 = a2 + stride;
  const real *cBefore = before[0] + beforeOffset;
  real *i = signals[0] + offset, *f = signals[1] + offset, *o = signals[2] + offset;
  real *g = signals[3] + offset, *c = signals[4] + offset, *h = signals[5] + offset;
  sigmoids_of(n, a0, i);
  sigmoids_of(n, a1, f);
  sigmoids_of(n, a2, o);
  tangents_of(n, a3, g);
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) c[k] = f[k] * cBefore[k] + i[k] * g[k];
  tangents_of(n, c, h);
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) h[k] *= o[k];
}

static void lstm_backward(
    ptrdiff_t n, const real *const *signals, ptrdiff_t offset, const real *const *before,
    ptrdiff_t beforeOffset, real *const *gradients, real *block, real *const *carry,
    ptrdiff_t carryOffset) {
  (void)block;
  const real *i = signals[0] + offset, *f = signals[1] + offset, *o = signals[2] + offset;
  const real *g = signals[3] + offset, *c = signals[4] + offset;
  const real *cBefore = before[0] + beforeOffset;
  real *di = gradients[0] + offset, *df = gradients[1] + offset, *dO = gradients[2] + offset;
  real *dg = gradients[3] + offset, *dc = gradients[4] + offset, *dh = gradients[5] + offset;
  real *cCarry = carry[0] + carryOffset, *hCarry = carry[1] + carryOffset;
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) {
    const real tangent = tanh_of(c[k]);
    const real ofH = dh[k] + hCarry[k];
    const real ofC = dc[k] + cCarry[k] + ofH * o[k] * (1 - tangent * tangent);
    dO[k] = (dO[k] + ofH * tangent) * o[k] * (1 - o[k]);
    di[k] = (di[k] + ofC * g[k]) * i[k] * (1 - i[k]);
    df[k] = (df[k] + ofC * cBefore[k]) * f[k] * (1 - f[k]);
    dg[k] = (dg[k] + ofC * i[k]) * (1 - g[k] * g[k]);
    dh[k] = ofH;
    dc[k] = ofC;
    cCarry[k] = ofC * f[k];
    hCarry[k] = 0;
  }
}

static void gru_forward(
    ptrdiff_t n, const real *blocks, ptrdiff_t stride, const real *const *before,
    ptrdiff_t beforeOffset, real *const *signals, ptrdiff_t offset) {
  const real *a0 = blocks, *a1 = a0 + stride, *a2 = a1 + stride, *a3 = a2 + stride;
  const real *hBefore = before[0] + beforeOffset;
  real *z = signals[0] + offset, *r = signals[1] + offset, *candidate = signals[2] + offset;
  real *h = signals[3] + offset;
  sigmoids_of(n, a0, z);
  sigmoids_of(n, a1, r);
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) candidate[k] = r[k] * a2[k] + a3[k];
  tangents_of(n, candidate, candidate);
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) h[k] = (1 - z[k]) * hBefore[k] + z[k] * candidate[k];
}

static void gru_backward(
    ptrdiff_t n, const real *const *signals, ptrdiff_t offset, const real *const *before,
    ptrdiff_t beforeOffset, real *const *gradients, real *block, real *const *carry,
    ptrdiff_t carryOffset) {
  const real *z = signals[0] + offset, *r = signals[1] + offset, *candidate = signals[2] + offset;
  const real *hBefore = before[0] + beforeOffset;
  real *dz = gradients[0] + offset, *dr = gradients[1] + offset, *dCandidate = gradients[2] + offset;
  real *dh = gradients[3] + offset, *reset = block + offset;
  real *hCarry = carry[0] + carryOffset;
  VECTORIZE
  for (ptrdiff_t k = 0; k < n; k++) {
    const real ofH = dh[k] + hCarry[k];
    const real ofTangent =
        (dCandidate[k] + ofH * z[k]) * (1 - candidate[k] * candidate[k]);
    dz[k] = (dz[k] + ofH * (candidate[k] - hBefore[k])) * z[k] * (1 - z[k]);
    dr[k] = (dr[k] + ofTangent * reset[k]) * r[k] * (1 - r[k]);
    dCandidate[k] = ofTangent;
    reset[k] = ofTangent * r[k];
    dh[k] = ofH;
    hCarry[k] = ofH * (1 - z[k]);
  }
}
