#ifndef RNNCHECK_COPENBLAS_SHIM_H
#define RNNCHECK_COPENBLAS_SHIM_H

#include <cblas.h>

#endif
