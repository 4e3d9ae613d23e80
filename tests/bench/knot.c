/* libknot: names in its trie, packets by its parser and writer. What a name holds is ours. */
#define _DEFAULT_SOURCE /* libknot reads the byte order from <endian.h> */
#include "bench.h"

#include <libknot/db/db_trie.h>
#include <libknot/libknot.h>

#include <stdlib.h>
#include <string.h>

struct node {
    knot_rrset_t a, aaaa;
    struct node *wildcard;
};

struct knot {
    const knot_db_api_t *api;
    knot_db_t *db;
    knot_rrset_t soa;
    struct node *nodes; /* of the names, then of the empty ones above them */
    size_t n_nodes;
    uint8_t zone[64];
    size_t zone_labels;
};

static struct node *find(struct knot *knot, const knot_dname_t *name)
{
    knot_db_txn_t txn = {.db = knot->db};
    knot_dname_storage_t storage;
    uint8_t *key = knot_dname_lf(name, storage);
    knot_db_val_t at = {key + 1, key[0]}, value = {0};

    return knot->api->find(&txn, &at, &value, 0) == KNOT_EOK ? value.data : NULL;
}

static void insert(struct knot *knot, const knot_dname_t *name, struct node *node)
{
    knot_db_txn_t txn = {.db = knot->db};
    knot_dname_storage_t storage;
    uint8_t *key = knot_dname_lf(name, storage);
    knot_db_val_t at = {key + 1, key[0]}, value = {node, sizeof(void *)};

    knot->api->insert(&txn, &at, &value, 0);
}

static void addresses_put(knot_rrset_t *set, const struct bench_name *name, bool is_aaaa,
                          const uint8_t *wire)
{
    unsigned n = is_aaaa ? name->n_aaaa : name->n_a;
    uint8_t octets[16];

    if (n == 0)
        return;
    knot_rrset_init(set, knot_dname_copy(wire, NULL), is_aaaa ? 28 : 1, KNOT_CLASS_IN, ZONE_TTL);
    for (unsigned i = 0; i < n; i++) {
        workload_address(name, is_aaaa, i, octets);
        knot_rrset_add_rdata(set, octets, is_aaaa ? 16 : 4, NULL);
    }
}

static void parents_put(struct knot *knot, const uint8_t *wire, struct node *node)
{
    bool is_wildcard = knot_dname_is_wildcard(wire);

    while (knot_dname_labels(wire, NULL) > knot->zone_labels) {
        struct node *parent = find(knot, wire = wire + 1 + *wire);

        if (!parent) {
            parent = &knot->nodes[knot->n_nodes++];
            insert(knot, wire, parent);
        }
        if (is_wildcard)
            parent->wildcard = node;
        is_wildcard = false;
    }
}

static void soa_make(struct knot *knot)
{
    static const uint8_t numbers[20] = {0,
                                        0,
                                        0,
                                        1,
                                        0,
                                        0,
                                        0x1c,
                                        0x20,
                                        0,
                                        0,
                                        3,
                                        0x84,
                                        0,
                                        0x12,
                                        0x75,
                                        0,
                                        0,
                                        0,
                                        ZONE_MINIMUM >> 8,
                                        ZONE_MINIMUM & 0xff};
    uint8_t rdata[256];
    size_t n = name_wire("ns1." ZONE_NAME, rdata);

    n += name_wire("hostmaster." ZONE_NAME, rdata + n);
    memcpy(rdata + n, numbers, sizeof(numbers));
    knot_rrset_init(&knot->soa, knot->zone, KNOT_RRTYPE_SOA, KNOT_CLASS_IN, ZONE_MINIMUM);
    knot_rrset_add_rdata(&knot->soa, rdata, (uint16_t)(n + sizeof(numbers)), NULL);
}

static void knot_unload(void *state)
{
    (void)state; /* the process ends */
}

static void *knot_load(const struct workload *work)
{
    struct knot_db_trie_opts options = KNOT_DB_TRIE_OPTS_INITIALIZER;
    struct knot *knot = calloc(1, sizeof(*knot));

    if (!knot)
        return NULL;
    knot->nodes = calloc(3 * work->n_names + 1024, sizeof(*knot->nodes));
    knot->api = knot_db_trie_api();
    knot->api->init(&knot->db, NULL, &options);
    name_wire(ZONE_NAME, knot->zone);
    knot->zone_labels = knot_dname_labels(knot->zone, NULL);
    soa_make(knot);
    insert(knot, knot->zone, &knot->nodes[work->n_names]);
    knot->n_nodes = work->n_names + 1;
    for (size_t i = 0; i < work->n_names; i++) {
        const uint8_t *wire = work->wires + work->names[i].wire;

        addresses_put(&knot->nodes[i].a, &work->names[i], false, wire);
        addresses_put(&knot->nodes[i].aaaa, &work->names[i], true, wire);
        insert(knot, wire, &knot->nodes[i]);
    }
    for (size_t i = 0; i < work->n_names; i++)
        parents_put(knot, work->wires + work->names[i].wire, &knot->nodes[i]);
    return knot;
}

static struct node *locate(struct knot *knot, const knot_dname_t *name, bool *is_there)
{
    struct node *node = find(knot, name);

    *is_there = node != NULL;
    while (!node && knot_dname_labels(name, NULL) > knot->zone_labels) {
        name += 1 + *name;
        node = find(knot, name);
        if (node) {
            *is_there = node->wildcard != NULL;
            return node->wildcard;
        }
    }
    return node;
}

static void respond(struct knot *knot, knot_pkt_t *query, knot_pkt_t *response)
{
    const knot_dname_t *name = knot_pkt_qname(query); /* in lower case */
    struct node *node;
    knot_rrset_t *set = NULL;
    bool is_there;

    knot_pkt_init_response(response, query);
    node = locate(knot, name, &is_there);
    if (node && knot_pkt_qtype(query) == KNOT_RRTYPE_A)
        set = &node->a;
    else if (node && knot_pkt_qtype(query) == KNOT_RRTYPE_AAAA)
        set = &node->aaaa;
    knot_wire_set_aa(response->wire);
    knot_pkt_begin(response, KNOT_ANSWER);
    if (set && set->rrs.count) {
        knot_rrset_t answer = *set;

        answer.owner = (knot_dname_t *)(uintptr_t)name;
        knot_pkt_put(response, KNOT_COMPR_HINT_QNAME, &answer, 0);
        return;
    }
    if (!is_there)
        knot_wire_set_rcode(response->wire, KNOT_RCODE_NXDOMAIN);
    knot_pkt_begin(response, KNOT_AUTHORITY);
    knot_pkt_put(response, KNOT_COMPR_HINT_NONE, &knot->soa, 0);
}

static void knot_answer(void *state, const uint8_t *const *queries, const uint16_t *lengths,
                        size_t n, uint8_t (*responses)[RESPONSE_MAX], uint16_t *response_lengths)
{
    static uint8_t spare[RESPONSE_MAX]; /* clearing a packet clears its header's octets */
    static knot_pkt_t *query, *response;

    if (!query) { /* made once, as a server does */
        query = knot_pkt_new(spare, RESPONSE_MAX, NULL);
        response = knot_pkt_new(spare, RESPONSE_MAX, NULL);
    }
    for (size_t i = 0; i < n; i++) {
        query->wire = spare;
        knot_pkt_clear(query);
        query->wire = (uint8_t *)(uintptr_t)queries[i];
        query->size = query->max_size = lengths[i];
        response->wire = responses[i];
        knot_pkt_clear(response);
        if (knot_pkt_parse(query, 0) == KNOT_EOK)
            respond(state, query, response);
        response_lengths[i] = (uint16_t)response->size;
    }
}

const struct engine engine_knot = {"libknot", knot_load, knot_unload, knot_answer, 1};
