/*
 * What Route 53 gives a new zone: four name servers, and the NS and SOA record sets at its apex.
 */
#ifndef R53_LIB_MODEL_NAME_SERVERS_H
#define R53_LIB_MODEL_NAME_SERVERS_H

#include "model/record_set.h"

enum { NAME_SERVERS = 4, NAME_SERVER_TEXT = 32 };

/* One delegation set, texts with their last dot. */
struct delegation_set {
    char names[NAME_SERVERS][NAME_SERVER_TEXT];
    const char *pointers[NAME_SERVERS]; /* to names */
};

/*
 * Makes up a set for the zone: those of all private zones, or four from the zone's id by the
 * service's scheme; another `attempt` gives others (R53-ZONE-06, R53-PRIV-10).
 */
void r53__delegation_set_make(struct delegation_set *set, const char *zone_id, bool is_private,
                              unsigned attempt);

/* Default record sets of an apex, R53-ZONE-02 and -03. R53_OK, R53_E_INVALID, R53_E_NOMEM. */
int32_t r53__default_ns(struct record_form *out, struct arena *arena, const char *zone_name,
                        const char *const *servers, uint32_t n, r53_report *report);
int32_t r53__default_soa(struct record_form *out, struct arena *arena, const char *zone_name,
                         const char *first_server, r53_report *report);

#endif
