/*
 * Fields of a value, read from left to right into wire form.
 *
 * Most types are a fixed row of fields, and say so in a layout; one routine each parses and prints
 * them all. Types with a tail of their own (TXT, SVCB) read their fields singly.
 */
#ifndef R53_LIB_DNS_FIELDS_H
#define R53_LIB_DNS_FIELDS_H

#include "dns/rdata.h"

enum { LAYOUT_FIELDS_MAX = 7 }; /* SOA */

enum field_kind {
    FIELD_NAME, /* domain name, absolute */
    FIELD_U8,   /* decimal */
    FIELD_U16,
    FIELD_U32,
    FIELD_STRING,      /* quoted, up to 255 octets; a length byte on the wire */
    FIELD_STRING_REST, /* quoted; the rest of the rdata */
    FIELD_TAG,         /* letters and digits; a length byte on the wire */
    FIELD_HEX          /* the rest of the rdata, in hex; blanks between digits */
};

struct rdata_field {
    enum field_kind kind;
    struct rdata_fault fault; /* names and strings have faults of their own */
};

struct rdata_layout {
    struct rdata_fault count; /* too few or too many fields */
    size_t fields;
    struct rdata_field field[LAYOUT_FIELDS_MAX];
    /* What no single field shows; may be NULL. NULL: sound. */
    const struct rdata_fault *(*check)(const uint8_t *rdata, size_t length);
};

bool r53__layout_parse(const struct rdata_layout *layout, struct span value, uint8_t *out,
                       size_t *length, struct rdata_fault *fault);
void r53__layout_print(const struct rdata_layout *layout, struct text *text, const uint8_t *rdata,
                       size_t length);

/* The two operations of a type that is nothing but its layout. */
#define LAYOUT_OPERATIONS(type, layout)                                                            \
    bool r53__##type##_parse(struct span value, uint8_t *out, size_t *length,                      \
                             struct rdata_fault *fault)                                            \
    {                                                                                              \
        return r53__layout_parse(&(layout), value, out, length, fault);                            \
    }                                                                                              \
    void r53__##type##_print(struct text *text, const uint8_t *rdata, size_t length)               \
    {                                                                                              \
        r53__layout_print(&(layout), text, rdata, length);                                         \
    }

/* A value being read: what is left of it, and the wire form so far. */
struct fields {
    struct span rest;
    uint8_t *out;
    size_t length;   /* octets written */
    bool overflowed; /* sticky: more than RDATA_OCTETS_MAX */
    struct rdata_fault *fault;
};

void r53__fields_init(struct fields *fields, struct span value, uint8_t *out,
                      struct rdata_fault *fault);

/* Sets the fault; returns false, for `return`. */
bool r53__fields_fail(struct fields *fields, const struct rdata_fault *fault);

/* Skips blanks; is anything left? */
bool r53__fields_more(struct fields *fields);

/* Reads one field; `missing` is the fault when nothing is left. */
bool r53__fields_read(struct fields *fields, const struct rdata_field *field,
                      const struct rdata_fault *missing);

/* Nothing may have overflowed. Stores the length. */
bool r53__fields_end(struct fields *fields, size_t *length);

void r53__fields_put_u8(struct fields *fields, uint8_t n);
void r53__fields_put_u16(struct fields *fields, uint16_t n);

uint16_t r53__read_u16(const uint8_t *at);
uint32_t r53__read_u32(const uint8_t *at);

#endif
