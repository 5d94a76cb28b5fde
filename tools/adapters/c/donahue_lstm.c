/* The LSTM of donahue-lstm in plain C, forward and backward, one sequence at a time: the template for a
 * cell that runs without a framework. What is yours goes into `forward` and `backward`; the rest reads the
 * request and writes the response, which fixtures/README.md describes.
 *
 *     cc -O2 -o donahue_lstm tools/adapters/c/donahue_lstm.c $(pkg-config --cflags --libs hdf5) -lm
 *     tools/rnncheck check donahue-lstm -- ./donahue_lstm
 *
 * It computes in float32; with -DDOUBLE in float64.
 */
#include <hdf5.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef DOUBLE
typedef double real;
#define DTYPE "float64"
#define NATIVE H5T_NATIVE_DOUBLE
#define TANH tanh
#define EXP exp
#else
typedef float real;
#define DTYPE "float32"
#define NATIVE H5T_NATIVE_FLOAT
#define TANH tanhf
#define EXP expf
#endif

enum { INPUT, FORGET, OUTPUT, CANDIDATE, GATES };
static const char SIGNAL[] = "ifog"; /* the gates' signals ... */
static const char LABEL[] = "ifoc";  /* ... and the labels of their parameters */

struct Case {
  size_t T, B, I, H;
  int64_t *lengths;                                   /* [B] */
  real *Wx[GATES], *Wh[GATES], *b[GATES];             /* [H,I], [H,H], [H] */
  real *x, *h0, *c0;                                  /* [T,B,I], [B,H], [B,H] */
  real *up_h, *up_h_final, *up_c_final;               /* [T,B,H], [B,H], [B,H] */
  real *gate[GATES], *c, *h;                          /* [T,B,H] */
  real *h_final, *c_final;                            /* [B,H] */
  real *dWx[GATES], *dWh[GATES], *db[GATES];          /* as the parameters */
  real *dx, *dh0, *dc0;                               /* as x, h0, c0 */
};

static real sigmoid(real a) { return 1 / (1 + EXP(-a)); }

/* One sequence of the batch, from its first step to its last. */
static void forward(struct Case *k, size_t seq) {
  real *h = k->h_final + seq * k->H, *c = k->c_final + seq * k->H;
  memcpy(h, k->h0 + seq * k->H, k->H * sizeof(real));
  memcpy(c, k->c0 + seq * k->H, k->H * sizeof(real));
  for (size_t t = 0; t < (size_t)k->lengths[seq]; t++) {
    const real *x = k->x + (t * k->B + seq) * k->I;
    const size_t row = (t * k->B + seq) * k->H;
    for (size_t j = 0; j < k->H; j++)
      for (int g = 0; g < GATES; g++) {
        real a = k->b[g][j];
        for (size_t m = 0; m < k->I; m++) a += k->Wx[g][j * k->I + m] * x[m];
        for (size_t m = 0; m < k->H; m++) a += k->Wh[g][j * k->H + m] * h[m];
        k->gate[g][row + j] = g == CANDIDATE ? TANH(a) : sigmoid(a);
      }
    for (size_t j = 0; j < k->H; j++) {
      c[j] = k->gate[FORGET][row + j] * c[j] + k->gate[INPUT][row + j] * k->gate[CANDIDATE][row + j];
      h[j] = k->gate[OUTPUT][row + j] * TANH(c[j]);
    }
    memcpy(k->c + row, c, k->H * sizeof(real));
    memcpy(k->h + row, h, k->H * sizeof(real));
  }
}

/* The same sequence from its last step to its first; dh and dc arrive at the initial states. */
static void backward(struct Case *k, size_t seq, real *delta) {
  real *dh = k->dh0 + seq * k->H, *dc = k->dc0 + seq * k->H;
  memcpy(dh, k->up_h_final + seq * k->H, k->H * sizeof(real));
  memcpy(dc, k->up_c_final + seq * k->H, k->H * sizeof(real));
  for (size_t t = (size_t)k->lengths[seq]; t-- > 0;) {
    const size_t row = (t * k->B + seq) * k->H, column = (t * k->B + seq) * k->I;
    const real *h = t ? k->h + row - k->B * k->H : k->h0 + seq * k->H;
    const real *c = t ? k->c + row - k->B * k->H : k->c0 + seq * k->H;
    for (size_t j = 0; j < k->H; j++) {
      const real i = k->gate[INPUT][row + j], f = k->gate[FORGET][row + j];
      const real o = k->gate[OUTPUT][row + j], g = k->gate[CANDIDATE][row + j];
      const real y = TANH(k->c[row + j]), dh_t = dh[j] + k->up_h[row + j];
      const real dc_t = dc[j] + dh_t * o * (1 - y * y);
      delta[INPUT * k->H + j] = dc_t * g * i * (1 - i);
      delta[FORGET * k->H + j] = dc_t * c[j] * f * (1 - f);
      delta[OUTPUT * k->H + j] = dh_t * y * o * (1 - o);
      delta[CANDIDATE * k->H + j] = dc_t * i * (1 - g * g);
      dc[j] = dc_t * f;
      dh[j] = 0;
    }
    for (int g = 0; g < GATES; g++)
      for (size_t j = 0; j < k->H; j++) {
        const real d = delta[g * k->H + j];
        k->db[g][j] += d;
        for (size_t m = 0; m < k->I; m++) {
          k->dWx[g][j * k->I + m] += d * k->x[column + m];
          k->dx[column + m] += d * k->Wx[g][j * k->I + m];
        }
        for (size_t m = 0; m < k->H; m++) {
          k->dWh[g][j * k->H + m] += d * h[m];
          dh[m] += d * k->Wh[g][j * k->H + m];
        }
      }
  }
}

/* ---- The exchange ---- */

static void stop(const char *what) {
  fprintf(stderr, "donahue_lstm: %s\n", what);
  exit(2);
}

static const char *path(const char *format, ...) {
  static char text[64];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

static void *zeros(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  if (!memory) stop("out of memory");
  return memory;
}

static size_t size_of(hid_t group, const char *name) {
  long long value = -1;
  hid_t attribute = H5Aopen(group, name, H5P_DEFAULT);
  if (attribute < 0 || H5Aread(attribute, H5T_NATIVE_LLONG, &value) < 0 || value < 0) stop(name);
  H5Aclose(attribute);
  return (size_t)value;
}

/* A dataset of `count` elements. */
static void *numbers(hid_t group, const char *name, hid_t type, size_t count, size_t size) {
  void *data = zeros(count, size);
  hid_t dataset = H5Dopen2(group, name, H5P_DEFAULT);
  hid_t space = dataset < 0 ? -1 : H5Dget_space(dataset);
  if (space < 0 || H5Sget_simple_extent_npoints(space) != (hssize_t)count ||
      H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0)
    stop(name);
  H5Sclose(space);
  H5Dclose(dataset);
  return data;
}

static real *tensor(hid_t group, const char *name, size_t count) {
  return numbers(group, name, NATIVE, count, sizeof(real));
}

/* An upstream gradient, zeros where there is none. */
static real *upstream(hid_t group, const char *folder, const char *name, size_t count) {
  if (H5Lexists(group, "upstream", H5P_DEFAULT) <= 0 ||
      H5Lexists(group, folder, H5P_DEFAULT) <= 0 || H5Lexists(group, name, H5P_DEFAULT) <= 0)
    return zeros(count, sizeof(real));
  return tensor(group, name, count);
}

/* Writes a tensor and frees it. */
static void put(hid_t group, const char *name, real *data, int rank, size_t a, size_t b, size_t c) {
  const hsize_t shape[] = {a, b, c};
  hid_t space = H5Screate_simple(rank, shape, NULL), links = H5Pcreate(H5P_LINK_CREATE);
  H5Pset_create_intermediate_group(links, 1);
  hid_t dataset = H5Dcreate2(group, name, NATIVE, space, links, H5P_DEFAULT, H5P_DEFAULT);
  if (dataset < 0 || H5Dwrite(dataset, NATIVE, H5S_ALL, H5S_ALL, H5P_DEFAULT, data) < 0) stop(name);
  H5Dclose(dataset);
  H5Pclose(links);
  H5Sclose(space);
  free(data);
}

static void put_text(hid_t object, const char *name, const char *text) {
  hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
  H5Tset_size(type, strlen(text));
  H5Tset_cset(type, H5T_CSET_UTF8);
  hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0 || H5Awrite(attribute, type, text) < 0) stop(name);
  H5Aclose(attribute);
  H5Sclose(space);
  H5Tclose(type);
}

static void answer(hid_t asked, hid_t answered) {
  struct Case k = {size_of(asked, "steps"), size_of(asked, "batch"), size_of(asked, "input_size"),
                   size_of(asked, "hidden_size")};
  const size_t T = k.T, B = k.B, I = k.I, H = k.H, state = B * H, signal = T * state;
  if (H5Lexists(asked, "lengths", H5P_DEFAULT) > 0) {
    k.lengths = numbers(asked, "lengths", H5T_NATIVE_INT64, B, sizeof(int64_t));
  } else {
    k.lengths = zeros(B, sizeof(int64_t));
    for (size_t seq = 0; seq < B; seq++) k.lengths[seq] = (int64_t)T;
  }
  for (int g = 0; g < GATES; g++) {
    k.Wx[g] = tensor(asked, path("parameters/W_x%c", LABEL[g]), H * I);
    k.Wh[g] = tensor(asked, path("parameters/W_h%c", LABEL[g]), H * H);
    k.b[g] = tensor(asked, path("parameters/b_%c", LABEL[g]), H);
    k.dWx[g] = zeros(H * I, sizeof(real));
    k.dWh[g] = zeros(H * H, sizeof(real));
    k.db[g] = zeros(H, sizeof(real));
    k.gate[g] = zeros(signal, sizeof(real));
  }
  k.x = tensor(asked, "inputs/x", T * B * I);
  k.h0 = tensor(asked, "initial/h", state);
  k.c0 = tensor(asked, "initial/c", state);
  k.up_h = upstream(asked, "upstream/sequence", "upstream/sequence/h", signal);
  k.up_h_final = upstream(asked, "upstream/final", "upstream/final/h", state);
  k.up_c_final = upstream(asked, "upstream/final", "upstream/final/c", state);
  real **made[] = {&k.c, &k.h, &k.h_final, &k.c_final, &k.dx, &k.dh0, &k.dc0};
  const size_t counts[] = {signal, signal, state, state, T * B * I, state, state};
  for (size_t n = 0; n < sizeof made / sizeof *made; n++) *made[n] = zeros(counts[n], sizeof(real));

  real *delta = zeros(GATES * H, sizeof(real));
  for (size_t seq = 0; seq < B; seq++) {
    if (k.lengths[seq] < 0 || (size_t)k.lengths[seq] > T) stop("lengths");
    forward(&k, seq);
    backward(&k, seq, delta);
  }

  for (int g = 0; g < GATES; g++) {
    put(answered, path("sequence/%c", SIGNAL[g]), k.gate[g], 3, T, B, H);
    put(answered, path("gradients/parameters/W_x%c", LABEL[g]), k.dWx[g], 2, H, I, 0);
    put(answered, path("gradients/parameters/W_h%c", LABEL[g]), k.dWh[g], 2, H, H, 0);
    put(answered, path("gradients/parameters/b_%c", LABEL[g]), k.db[g], 1, H, 0, 0);
    free(k.Wx[g]), free(k.Wh[g]), free(k.b[g]);
  }
  put(answered, "sequence/h", k.h, 3, T, B, H);
  put(answered, "sequence/c", k.c, 3, T, B, H);
  put(answered, "final/h", k.h_final, 2, B, H, 0);
  put(answered, "final/c", k.c_final, 2, B, H, 0);
  put(answered, "gradients/inputs/x", k.dx, 3, T, B, I);
  put(answered, "gradients/initial/h", k.dh0, 2, B, H, 0);
  put(answered, "gradients/initial/c", k.dc0, 2, B, H, 0);
  free(k.lengths), free(k.x), free(k.h0), free(k.c0), free(delta);
  free(k.up_h), free(k.up_h_final), free(k.up_c_final);
}

int main(int count, char **arguments) {
  if (count != 3) stop("usage: donahue_lstm request.h5 response.h5");
  hid_t request = H5Fopen(arguments[1], H5F_ACC_RDONLY, H5P_DEFAULT);
  hid_t response = H5Fcreate(arguments[2], H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  if (request < 0 || response < 0) stop("the request or the response cannot be opened");
  put_text(response, "dtype", DTYPE);
  put_text(response, "formulation", "donahue-lstm");
  put_text(response, "name", "plain C, " DTYPE);
  hid_t asked = H5Gopen2(request, "cases", H5P_DEFAULT);
  hid_t answered = H5Gcreate2(response, "cases", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5G_info_t cases;
  if (asked < 0 || answered < 0 || H5Gget_info(asked, &cases) < 0) stop("cases");
  for (hsize_t n = 0; n < cases.nlinks; n++) {
    char name[256];
    if (H5Lget_name_by_idx(
            asked, ".", H5_INDEX_NAME, H5_ITER_INC, n, name, sizeof name, H5P_DEFAULT) < 0)
      stop("a case without a name");
    hid_t from = H5Gopen2(asked, name, H5P_DEFAULT);
    hid_t to = H5Gcreate2(answered, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (from < 0 || to < 0) stop(name);
    answer(from, to);
    H5Gclose(from);
    H5Gclose(to);
  }
  H5Gclose(asked);
  H5Gclose(answered);
  H5Fclose(request);
  return H5Fclose(response) < 0 ? 2 : 0;
}
