/*
 * Master files (RFC 1035 5): tokens, names, TTLs and values of the text in which the rest of the
 * DNS keeps its zones, and how it becomes the text that Route 53 takes.
 *
 * Tokens are spans of the file, each with its line and column; nothing is copied. Two escapes meet
 * here: in a master file \DDD is decimal, in Route 53's texts octal (R53-NAME-04). Names are
 * relative to the origin there and always absolute here (R53-NAME-02).
 *
 * Expected load: up to a million records, read once from front to back.
 */
#ifndef R53_LIB_DNS_MASTER_H
#define R53_LIB_DNS_MASTER_H

#include "dns/rdata.h"

enum master_kind {
    MASTER_END,      /* of the file */
    MASTER_LINE_END, /* of a record: a new line outside of parentheses */
    MASTER_BLANK,    /* a line begins with a blank: its record has the owner of the one before */
    MASTER_WORD,
    MASTER_QUOTED, /* the text between the quotation marks */
    MASTER_FAULT   /* no token: `text` says why */
};

/* 1-based; the column counts bytes. */
struct master_place {
    int32_t line, column;
};

struct master_token {
    enum master_kind kind;
    struct master_place place;
    struct span text;
};

struct master {
    const char *at, *end, *line_start;
    int32_t line;
    bool fresh;                 /* at the beginning of a record's first line */
    size_t depth;               /* parentheses open */
    struct master_place opened; /* the outermost of them */
};

void r53__master_init(struct master *master, const char *text, size_t length);

/* Reads the next token. At the end it says MASTER_END for ever. */
void r53__master_next(struct master *master, struct master_token *token);

/* Goes to the beginning of the next record, wherever in a record the reader stands. */
void r53__master_skip(struct master *master);

/* One octet, plain or escaped, from the front of `rest`, which is not empty. False: a backslash
 * that escapes nothing. */
bool r53__master_octet(struct span *rest, uint8_t *octet);

/* Name, lower-cased; without its last dot it is relative to `origin`, "@" is the origin. */
enum name_fault r53__master_name(struct name_buffer *out, struct span text, struct name origin);

/* Seconds, as "3600" or "1h30m" (units w d h m s, any case); saturates far above any TTL. False:
 * not of this form. */
bool r53__master_ttl(struct span text, uint64_t *seconds);

/* Writes a name, or a value in Route 53's syntax, as it stands in a master file. */
void r53__master_put_name(struct text *text, struct name name);
void r53__master_put_value(struct text *text, struct span value);

/* What is wrong, where, and with which text. */
struct master_fault {
    struct master_place place;
    struct rdata_fault fault; /* code "": none of Route 53's */
    struct span text;
};

/*
 * Reads the rest of a record and writes its value in Route 53's syntax to `out`, names absolute.
 * Rdata in the form of RFC 3597 (\# length hex) is understood. A value may still be refused by the
 * type's own parser. `first` is the place of the first field. False: `fault` says why; the rest of
 * the record is not read.
 */
bool r53__master_value(struct master *master, const struct rr_type *type, struct name origin,
                       struct text *out, struct master_place *first, struct master_fault *fault);

/*
 * The short way for most records: reads a value that is one word, an address or a name, into wire
 * form; `wire` has room for RDATA_OCTETS_MAX. False: it is anything else, or wrong; nothing is
 * read.
 */
bool r53__master_word(struct master *master, const struct rr_type *type, struct name origin,
                      uint8_t *wire, size_t *length);

#endif
