/*
 * What was observed of clients, prepared for look-ups: places by address, latencies by address or
 * place. O(log n) a look-up.
 */
#ifndef R53_LIB_VIEW_CLIENT_TABLES_H
#define R53_LIB_VIEW_CLIENT_TABLES_H

#include "base/alloc.h"
#include "model/observed.h"
#include "net/prefix_map.h"

struct client_tables {
    struct prefix_map place_map; /* value: index of places */
    const struct observed_place **places;
    struct prefix_map latency_map;         /* value: index of latencies */
    const struct latency_list **latencies; /* of prefixes */
    const void **named; /* struct latency_list of places and regions, by client text */
    uint32_t n_named;
};

/* `observed` NULL: all empty. Objects are borrowed (the view pins them). false: no memory. */
bool r53__client_tables_prepare(struct client_tables *tables, struct arena *arena,
                                const r53_observed *observed);

/* Place of the longest block around the client's prefix, or NULL. */
const struct observed_place *r53__client_tables_place(const struct client_tables *tables,
                                                      const struct prefix *client);

/* Latencies of the longest block around the client's prefix, or NULL. */
const struct latency_list *r53__client_tables_latency(const struct client_tables *tables,
                                                      const struct prefix *client);

/* Latencies stated for this very client ("US-CA", "continent:EU", "eu-west-1"), or NULL. */
const struct latency_list *r53__client_tables_named(const struct client_tables *tables,
                                                    const char *client);

#endif
