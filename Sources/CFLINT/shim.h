#ifndef RNNCHECK_CFLINT_SHIM_H
#define RNNCHECK_CFLINT_SHIM_H

#include <flint/flint.h>
// FLINT 3 carries Arb; that of FLINT 2 is the module CArb.
#if __has_include(<flint/arb.h>)
#include <flint/arb.h>
#endif

#endif
