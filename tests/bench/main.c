/*
 * bench check                   engines answer alike, small; for every test run
 * bench answers NAMES ROUNDS    full answers, wire to wire
 * bench policies ROUNDS         answers by routing policy against a plain record's
 * bench spread NAMES ROUNDS     the same all over a zone of many names
 * bench loading NAMES | ./FILE  time and memory of a zone file
 * bench alone ENGINE NAMES QUERIES   one engine, for instructions.sh
 * bench way POLICY TIMES             one policy, for instructions.sh
 */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { QUERIES = 1 << 20, QUERIES_CHECK = 1 << 15 };

static size_t number(int argc, char **argv, int i, size_t otherwise)
{
    return i < argc ? strtoul(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "check";

    if (strcmp(what, "check") == 0)
        return bench_answers(4000, QUERIES_CHECK, 0, true, NULL) ||
               bench_policies(0, true, NULL, 0) || bench_spread(4000, 0, true);
    if (strcmp(what, "answers") == 0)
        return bench_answers(number(argc, argv, 2, 1000), QUERIES, number(argc, argv, 3, 7), false,
                             NULL);
    if (strcmp(what, "policies") == 0)
        return bench_policies(number(argc, argv, 2, 7), false, NULL, 0);
    if (strcmp(what, "spread") == 0)
        return bench_spread(number(argc, argv, 2, 1000), number(argc, argv, 3, 7), false);
    if (strcmp(what, "loading") == 0 && argc > 2 && strchr(argv[2], '/'))
        return bench_loading_file(argv[2]);
    if (strcmp(what, "loading") == 0)
        return bench_loading(number(argc, argv, 2, 1000000));
    if (strcmp(what, "alone") == 0 && argc > 2)
        return bench_answers(number(argc, argv, 3, 100000), number(argc, argv, 4, 20000), 0, true,
                             argv[2]);
    if (strcmp(what, "way") == 0 && argc > 2)
        return bench_policies(0, true, argv[2], number(argc, argv, 3, 20000));
    fprintf(stderr,
            "usage: bench check | answers [NAMES [ROUNDS]] | policies [ROUNDS] | "
            "spread [NAMES [ROUNDS]] | loading [NAMES | ./FILE] | alone ENGINE [NAMES [QUERIES]] | way POLICY [TIMES]\n");
    return 2;
}
