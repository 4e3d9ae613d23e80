/*
 * Why a public struct could not be read (base/sized.h), in words for who set its size: the one that
 * was given and those that are accepted. Apart from reading, since reports are read that way too.
 */
#ifndef R53_LIB_BASE_SIZED_REFUSAL_H
#define R53_LIB_BASE_SIZED_REFUSAL_H

#include "base/report.h"

enum { SIZED_WORDS_MAX = 160 }; /* enough for the longest sentence with two numbers of 32 bits */

/*
 * Writes what is wrong with `src`, a struct of `size` bytes as this version knows it, or NULL.
 * `what` it is: "load balancer". Into `words` of SIZED_WORDS_MAX; returns them.
 */
const char *r53__sized_words(char *words, const char *what, const void *src, size_t size);

/* Tells it, at `path`. Returns R53_E_INVALID. */
int32_t r53__sized_refuse(r53_report *report, const char *path, const char *what, const void *src,
                          size_t size);

/*
 * Tells of a reserved member that is not 0, for what it is to mean one day cannot be obeyed here.
 * R53_OK, R53_E_INVALID.
 */
int32_t r53__reserved_judge(r53_report *report, const char *path, int64_t value);

#endif
