/*
 * A fuzz target is a function that takes any octets and ends the program when something is wrong.
 * With clang's libFuzzer it is fed by the fuzzer; linked with replay.c it plays the files it is
 * given, so that what was ever found stays a test without clang.
 */
#ifndef R53_TESTS_FUZZ_FUZZ_H
#define R53_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            abort();                                                                               \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t n);

#endif
