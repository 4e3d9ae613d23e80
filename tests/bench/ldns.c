/* ldns: names in its red-black tree, packets by its parser and writer. The rest of a server is
 * ours. */
#define _DEFAULT_SOURCE /* ldns reads the types of sockets */
#include "bench.h"

#include <ldns/ldns.h>

#include <string.h>

struct ldns {
    ldns_dnssec_zone *zone;
    ldns_rr *soa; /* as it stands in negative answers */
    size_t zone_length;
};

static ldns_rdf *name_make(const uint8_t *wire, size_t length)
{
    return ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, length, wire);
}

static ldns_rr *record_make(const uint8_t *owner, size_t length, bool is_aaaa,
                            const uint8_t *address)
{
    ldns_rr *rr = ldns_rr_new_frm_type(is_aaaa ? LDNS_RR_TYPE_AAAA : LDNS_RR_TYPE_A);

    ldns_rr_set_owner(rr, name_make(owner, length));
    ldns_rr_set_ttl(rr, ZONE_TTL);
    ldns_rr_set_rdf(rr,
                    ldns_rdf_new_frm_data(is_aaaa ? LDNS_RDF_TYPE_AAAA : LDNS_RDF_TYPE_A,
                                          is_aaaa ? 16 : 4, address),
                    0);
    return rr;
}

static void addresses_put(struct ldns *ldns, const struct workload *work,
                          const struct bench_name *name, bool is_aaaa)
{
    unsigned n = is_aaaa ? name->n_aaaa : name->n_a;
    uint8_t octets[16];

    for (unsigned i = 0; i < n; i++) {
        workload_address(name, is_aaaa, i, octets);
        ldns_dnssec_zone_add_rr(
            ldns->zone, record_make(work->wires + name->wire, name->length, is_aaaa, octets));
    }
}

static ldns_rr *soa_make(void)
{
    ldns_rr *soa = NULL;
    char text[256];

    snprintf(text, sizeof(text), "%s. %d IN SOA ns1.%s. hostmaster.%s. 1 7200 900 1209600 %d",
             ZONE_NAME, ZONE_MINIMUM, ZONE_NAME, ZONE_NAME, ZONE_MINIMUM);
    ldns_rr_new_frm_str(&soa, text, 0, NULL, NULL);
    return soa;
}

static void ldns_unload(void *state)
{
    struct ldns *ldns = state;

    ldns_dnssec_zone_deep_free(ldns->zone);
    ldns_rr_free(ldns->soa);
    free(ldns);
}

static void *ldns_load(const struct workload *work)
{
    struct ldns *ldns = calloc(1, sizeof(*ldns));

    if (!ldns)
        return NULL;
    ldns->zone = ldns_dnssec_zone_new();
    ldns->soa = soa_make();
    ldns->zone_length = ldns_rdf_size(ldns_rr_owner(ldns->soa));
    ldns_dnssec_zone_add_rr(ldns->zone, ldns_rr_clone(ldns->soa));
    for (size_t i = 0; i < work->n_names; i++) {
        addresses_put(ldns, work, &work->names[i], false);
        addresses_put(ldns, work, &work->names[i], true);
    }
    ldns_dnssec_zone_add_empty_nonterminals(ldns->zone);
    return ldns;
}

static ldns_dnssec_name *find(const struct ldns *ldns, const uint8_t *name, size_t length)
{
    ldns_rdf key = {length, LDNS_RDF_TYPE_DNAME, (void *)(uintptr_t)name};
    ldns_rbnode_t *node = ldns_rbtree_search(ldns->zone->names, &key);

    return node && node != LDNS_RBTREE_NULL ? (ldns_dnssec_name *)(uintptr_t)node->data : NULL;
}

/* The name, or the wildcard below what exists of it. */
static ldns_dnssec_name *locate(const struct ldns *ldns, const uint8_t *name, size_t length)
{
    ldns_dnssec_name *found = find(ldns, name, length);
    uint8_t wildcard[2 + LDNS_MAX_DOMAINLEN] = {1, '*'};

    while (!found && length > ldns->zone_length) {
        length -= 1u + *name;
        name += 1 + *name;
        if (find(ldns, name, length)) {
            memcpy(wildcard + 2, name, length);
            return find(ldns, wildcard, length + 2);
        }
    }
    return found;
}

static void records_push(ldns_pkt *response, const ldns_dnssec_rrsets *set, const ldns_rdf *owner)
{
    for (const ldns_dnssec_rrs *at = set->rrs; at; at = at->next) {
        ldns_rr *rr = ldns_rr_clone(at->rr); /* the packet will own it */

        ldns_rdf_deep_free(ldns_rr_owner(rr));
        ldns_rr_set_owner(rr, ldns_rdf_clone(owner));
        ldns_pkt_push_rr(response, LDNS_SECTION_ANSWER, rr);
    }
}

static void respond(const struct ldns *ldns, const ldns_pkt *query, ldns_pkt *response)
{
    ldns_rr *question = ldns_rr_list_rr(ldns_pkt_question(query), 0);
    ldns_rdf *name = ldns_rr_owner(question);
    ldns_dnssec_name *found = locate(ldns, ldns_rdf_data(name), ldns_rdf_size(name));
    ldns_dnssec_rrsets *set =
        found ? ldns_dnssec_name_find_rrset(found, ldns_rr_get_type(question)) : NULL;

    ldns_pkt_set_id(response, ldns_pkt_id(query));
    ldns_pkt_set_qr(response, true);
    ldns_pkt_set_aa(response, true);
    ldns_pkt_set_rd(response, ldns_pkt_rd(query));
    ldns_pkt_push_rr(response, LDNS_SECTION_QUESTION, ldns_rr_clone(question));
    if (!found)
        ldns_pkt_set_rcode(response, LDNS_RCODE_NXDOMAIN);
    if (set)
        records_push(response, set, name);
    else
        ldns_pkt_push_rr(response, LDNS_SECTION_AUTHORITY, ldns_rr_clone(ldns->soa));
}

/* Into the room of one response; its length, 0 for none. */
static uint16_t answer_one(const struct ldns *ldns, const uint8_t *octets, size_t length,
                           uint8_t *out)
{
    ldns_pkt *query = NULL, *response = ldns_pkt_new();
    uint8_t *wire = NULL;
    size_t n = 0;

    if (ldns_wire2pkt(&query, octets, length) == LDNS_STATUS_OK) {
        respond(ldns, query, response);
        if (ldns_pkt2wire(&wire, response, &n) != LDNS_STATUS_OK || n > RESPONSE_MAX)
            n = 0;
        memcpy(out, wire, n);
    }
    LDNS_FREE(wire);
    ldns_pkt_free(response);
    ldns_pkt_free(query);
    return (uint16_t)n;
}

static void ldns_answer(void *state, const uint8_t *const *queries, const uint16_t *lengths,
                        size_t n, uint8_t (*responses)[RESPONSE_MAX], uint16_t *response_lengths)
{
    for (size_t i = 0; i < n; i++)
        response_lengths[i] = answer_one(state, queries[i], lengths[i], responses[i]);
}

const struct engine engine_ldns = {"ldns", ldns_load, ldns_unload, ldns_answer, 1};
