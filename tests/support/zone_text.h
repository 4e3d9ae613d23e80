/*
 * Zones, record sets and batches written as text, for tables that a reader can judge.
 *
 *   www A 192.0.2.1,192.0.2.2 ttl=60          "www" stands for www.example.com, "@" for the apex,
 *   w A 192.0.2.1 id=blue weight=3            "x.example.net." is taken as it is
 *   api A alias=ZONE1/www eth                 the target's name is written like an owner
 *   m MX 10~mail.example.com                  "~" is a blank in a value; ttl=300 unless said
 *
 * Other words: none (no TTL), region= failover=PRIMARY continent= country= subdivision= multi=true
 * cidr=<collection>/<location> gpregion= lzg= lat= lon= bias= az=<type>/<id> hc= tpi=
 */
#ifndef R53_TESTS_SUPPORT_ZONE_TEXT_H
#define R53_TESTS_SUPPORT_ZONE_TEXT_H

#include <r53/zone.h>

enum { ZONE_TEXT_VALUES = 512 };

struct set_text {
    r53_record_set set;
    const char *values[ZONE_TEXT_VALUES];
    char *texts[ZONE_TEXT_VALUES + 24]; /* what the pointers point to */
    size_t n_texts;
};

/*
 * Reads one line up to its end; free with set_text_free. Ends the test on a word it does not know.
 */
struct set_text *set_text_parse(const char *line, size_t length);
void set_text_free(struct set_text *text);

/* Zone ZONE1 example.com, public, in a new cloud. */
r53_cloud *cloud_with_zone(const r53_allocator *allocator);

/*
 * Applies lines "CREATE www A 192.0.2.1" to zone ZONE1 as one batch; "" does nothing. Health checks
 * that are named come into the cloud first, but for those that begin with "unknown".
 */
int32_t batch_apply(r53_cloud *cloud, const char *lines, r53_report *report);

/* The record sets of the zone as lines, in list order; apex NS and SOA left out unless `all`. To be
 * freed. NULL: no memory or no such zone. */
char *zone_dump(const r53_cloud *cloud, const char *zone_id, int all);

/* All error texts of the report, joined as AWS does it: "[a, b]". To be freed. */
char *report_messages(const r53_report *report);

#endif
