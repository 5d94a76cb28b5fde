#ifndef RNNCHECK_CFLINT_SHIM_H
#define RNNCHECK_CFLINT_SHIM_H

#include <flint/flint.h>
#if __has_include(<flint/arb.h>)
#include <flint/arb.h>
#endif

#endif
