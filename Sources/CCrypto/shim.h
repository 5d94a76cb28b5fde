#ifndef RNNCHECK_CCRYPTO_SHIM_H
#define RNNCHECK_CCRYPTO_SHIM_H

#include <openssl/evp.h>

#endif
