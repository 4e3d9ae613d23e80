#ifndef WASM_STDLIB_H
#define WASM_STDLIB_H

#include <stddef.h>

void *malloc(size_t);
void free(void *);
void exit(int); /* named by uthash.h, not called */

#endif
