/*
 * A master file (RFC 1035 5) being read, entry by entry:
 *
 *     zone_file_read.c   the loop, directives, owners and values, what belongs to the zone
 *     zone_file_head.c   what stands in front of a value: TTL, class and type
 *     zone_file_say.c    what is said of the file, with its place
 *
 * One entry is read at a time and goes into the gathered lines (zone_lines.h); whatever is wrong
 * with it is told, and reading goes on behind its line, so that one run finds all faults.
 */
#ifndef R53_LIB_MODEL_ZONE_FILE_PRIV_H
#define R53_LIB_MODEL_ZONE_FILE_PRIV_H

#include "model/zone_file.h"

/* Where the TTL of a record comes from that has none of its own, in this order. */
enum ttl_source { TTL_DIRECTIVE, TTL_BEFORE, TTL_OPTION, TTL_MINIMUM, TTL_SOURCES };

struct known_ttl {
    bool is_known;
    uint32_t seconds;
};

/* The file, the entry that is being read, and what earlier ones leave to it. */
struct reader {
    struct zone_file *file;
    struct master master;
    struct master_token token;
    struct name_buffer origin, owner;
    struct span owner_text; /* of `owner`, if the origin is still that; length 0: not known */
    uint64_t owner_hash;
    bool has_owner;
    struct known_ttl ttls[TTL_SOURCES];
    bool is_full; /* told that there are too many records */
    char value[VALUE_CHARACTERS_MAX + 1];
    uint8_t wire[RDATA_OCTETS_MAX];
};

/* What stands in front of the value. */
struct head {
    struct master_place place; /* of the record: its owner, or its first field */
    struct known_ttl ttl;
    bool has_class;
    const struct rr_type *type;
};

/* Says what is wrong with the present token; `code` 0: R53_E_SYNTAX. */
void r53__reader_say(struct reader *r, int32_t code, int32_t rule, const char *format);

/* Says what is wrong with a piece of the file. */
void r53__reader_say_fault(struct reader *r, const struct master_fault *fault);

/* Is the present token a field? If not, says `missing` or what broke the token. */
bool r53__reader_expect(struct reader *r, const char *missing);

/*
 * Takes the present token for a TTL of so many seconds. One with its highest bit set counts as 0
 * (RFC 2181 8); Route 53 refuses it. False: the entry is refused.
 */
bool r53__reader_ttl(struct reader *r, struct master_place place, uint64_t seconds,
                     struct known_ttl *ttl);

/*
 * TTL and class, each or none, in either order, then the type: r53__type_none for one that is left
 * out, its owner not. False: the entry is left out, which was told.
 */
bool r53__reader_head(struct reader *r, struct head *head);

#endif
