/**
 * Zone files: the master-file text of RFC 1035 section 5, in which name servers other than Route 53
 * keep their zones, to a hosted zone and back. All in memory; text goes in and comes out.
 *
 * Understood: comments, parentheses, quoted strings, escapes (\DDD is decimal there, unlike in
 * Route 53's own texts), relative names in owners and values, "@", an owner left out, TTL and class
 * in either order or left out, TTLs with units ("1h30m"), $ORIGIN, $TTL, algorithms of DS by name,
 * values in the form of RFC 3597 (\# length hex), a byte order mark in front. Not: $INCLUDE,
 * $GENERATE, classes other than IN, types that Route 53 cannot hold; each of them is an error that
 * names it.
 *
 * A record without a TTL of its own has that of $TTL, or else the last one stated above it, or else
 * r53_zone_file_options.default_ttl, or else the minimum of the SOA above it.
 *
 * Every error and warning carries line and column; reading goes on behind it, so that one report
 * tells of all. Rules R53-ZONE-19, R53-NAME-*, R53-RDATA-*.
 */
#ifndef R53_ZONE_FILE_H
#define R53_ZONE_FILE_H

#include <r53/cloud.h>
#include <r53/import.h>
#include <r53/report.h>
#include <r53/zone.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How a zone file is read. */
typedef struct r53_zone_file_options {
    uint32_t size; /**< sizeof(r53_zone_file_options) */
    /**
     * 1: what cannot be read or held is left out with a warning, and what Route 53 would refuse but
     * a zone can hold (CNAME beside other data, NS at a wildcard, 1000 values) is loaded; of several
     * CNAMEs of a name, and of several SOAs, the first is kept; a TTL above 2147483647 counts as 0
     * (RFC 2181 8). A name whose record is left out because Route 53 lacks its type (HINFO, DNAME
     * ...) exists all the same: it answers NODATA to every type that it has no record set of, as at
     * other name servers, and goes on doing so whatever changes; of RRSIG and NSEC3 it does not. 0:
     * all of that is an error, and nothing is imported.
     */
    int32_t lenient;
    /**
     * Id, name (the first origin, as Route 53 writes it: \ooo is octal there), kind, account, VPCs.
     * Borrowed; id and name are needed.
     */
    const r53_hosted_zone *hosted_zone;
    uint32_t default_ttl; /**< seconds, for records behind no TTL at all; 0: the SOA's minimum */
    uint32_t reserved;    /**< 0 */
} r53_zone_file_options;

/**
 * Adds a whole hosted zone out of a file to an import. SOA and apex NS are the file's; for those it
 * lacks commit makes Route 53's defaults. Records of one name and type become one record set with
 * the smallest of their TTLs; a record that stands twice is kept once; both are warned of.
 *
 * It replaces what this import said of the hosted zone before; more record sets may follow.
 *
 * @param options  borrowed
 * @param text     borrowed, not NUL-terminated; may be NULL when length is 0
 * @param length   bytes of text
 * @return R53_OK; R53_E_SYNTAX (the file does not read), R53_E_INVALID (Route 53 would refuse it,
 *         or the options mean nothing), R53_E_NOMEM. The import's report tells, and the import is
 * as it was.
 *
 * O(length).
 */
R53_API int32_t r53_import_zone_file(r53_import *import, const r53_zone_file_options *options,
                                     const char *text, size_t length);

/**
 * Imports a file into a hosted zone as the console does: all of its records are created in one
 * change batch, or none. At most 1000 records; a record set that the zone holds already fails the
 * whole; SOA and apex NS of the file are left out. A batch's other limits hold too
 * (r53_zone_change).
 *
 * @param zone_id  with or without "/hostedzone/"
 * @param text     borrowed, not NUL-terminated; may be NULL when length is 0
 * @param length   bytes of text; a file without records changes nothing
 * @param report   gains all findings; may be NULL
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchHostedZone), R53_E_SYNTAX (the file does not read),
 *         R53_E_INVALID, R53_E_NOMEM (the cloud is then as it was)
 *
 * O(zone + length). Rule R53-ZONE-19; AWS Route 53 guide: creating records by importing a zone
 * file.
 */
R53_API int32_t r53_zone_import_file(r53_cloud *cloud, const char *zone_id, const char *text,
                                     size_t length, r53_report *report);

/**
 * Writes a hosted zone as a zone file: $ORIGIN, the SOA, all else in list order, one record a line,
 * names absolute. Simple record sets are read back as they were. What has no form in zone files
 * becomes comments: aliases, the members of routing policies, health checks, and names that only
 * exist because of records that were left out.
 *
 * @param zone_id   with or without "/hostedzone/"
 * @param buffer    receives text and NUL; may be NULL when capacity is 0
 * @param capacity  bytes of buffer
 * @param length    receives the length of the text without NUL; may be NULL
 * @param report    may be NULL
 * @return R53_OK, R53_E_NO_SPACE (length is set, the buffer as it was), R53_E_NOT_FOUND
 *         (NoSuchHostedZone), R53_E_INVALID
 *
 * O(zone); allocates nothing but findings.
 */
R53_API int32_t r53_zone_file_write(const r53_cloud *cloud, const char *zone_id, char *buffer,
                                    size_t capacity, size_t *length, r53_report *report);

#ifdef __cplusplus
}
#endif

#endif
