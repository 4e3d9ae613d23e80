/**
 * CIDR collections: named locations of address blocks, for IP-based routing (R53-CIDR-01, -02,
 * R53-COLL-01 .. -03).
 */
#ifndef R53_CIDR_COLLECTION_H
#define R53_CIDR_COLLECTION_H

#include <r53/cloud.h>
#include <r53/report.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A CIDR collection. */
typedef struct r53_cidr_collection {
    uint32_t size;                /**< sizeof(r53_cidr_collection) */
    int32_t version;              /**< 1, +1 a change; given on import alone, 0: 1 or as it was */
    const char *id;               /**< "c8c02a84-aaaa-bbbb-e0d2-d833a2f80106"; to create: a UUID */
    const char *arn;              /**< NULL: not known */
    const char *name;             /**< 1-64 of [0-9A-Za-z_-] */
    const char *account;          /**< kept as given; NULL: not known */
    const char *caller_reference; /**< NULL: not known */
} r53_cidr_collection;

/** What a change does to a location's blocks; passed as int32_t. */
enum r53_cidr_action { R53_CIDR_PUT = 1, R53_CIDR_DELETE_IF_EXISTS = 2 };

/** A change of a location. */
typedef struct r53_cidr_change {
    uint32_t size;                /**< sizeof(r53_cidr_change) */
    int32_t action;               /**< enum r53_cidr_action */
    const char *location_name;    /**< 1-16 of [0-9A-Za-z_-] */
    const char *const *cidr_list; /**< "203.0.113.0/24" */
    uint32_t n_cidr_list;         /**< length of cidr_list */
    uint32_t reserved;            /**< 0 */
} r53_cidr_change;

/**
 * Creates an empty collection (AWS CreateCidrCollection).
 * @return R53_OK, R53_E_INVALID (InvalidInput), R53_E_EXISTS
 *         (CidrCollectionAlreadyExistsException), R53_E_LIMIT (LimitsExceeded), R53_E_NOMEM
 *
 * O(collections). Rules R53-CIDR-01, -02, R53-COLL-02.
 */
R53_API int32_t r53_cidr_collection_create(r53_cloud *cloud, const r53_cidr_collection *collection,
                                           r53_report *report);

/**
 * Changes locations, all of it or nothing (AWS ChangeCidrCollection).
 * @param version  the version expected; 0: any
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchCidrCollectionException), R53_E_INVALID (InvalidInput,
 *         CidrCollectionVersionMismatchException, CidrBlockInUseException), R53_E_LIMIT
 *         (LimitsExceeded), R53_E_NOMEM
 *
 * Blocks are looked at in the order given, so one moves to another location by being removed first.
 * O(n log n) in blocks; a location that loses its last block costs O(record sets). Rules
 * R53-CIDR-02, R53-COLL-01 .. -03.
 */
R53_API int32_t r53_cidr_collection_change(r53_cloud *cloud, const char *id, int32_t version,
                                           const r53_cidr_change *const *changes, size_t n,
                                           r53_report *report);

/**
 * Deletes a collection without blocks (AWS DeleteCidrCollection).
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchCidrCollectionException), R53_E_INVALID
 *         (CidrCollectionInUseException), R53_E_NOMEM
 */
R53_API int32_t r53_cidr_collection_delete(r53_cloud *cloud, const char *id, r53_report *report);

/** A block of a collection. */
typedef struct r53_cidr_block {
    uint32_t size;             /**< sizeof(r53_cidr_block) */
    uint32_t reserved;         /**< 0 */
    const char *location_name; /**< "isp-1" */
    const char *cidr_block;    /**< "203.0.113.0/24", host bits cleared (R53-COLL-03) */
} r53_cidr_block;

/** Walks collections, or the blocks of one; it pins what it lists. */
typedef struct r53_cidr_listing r53_cidr_listing;

/**
 * Lists all collections in the order they were added (AWS ListCidrCollections). Free with
 * r53_cidr_listing_free. R53_OK, R53_E_INVALID, R53_E_NOMEM.
 */
R53_API int32_t r53_cidr_collections_list(r53_cidr_listing **out, const r53_cloud *cloud);

/** Next collection, lent until the next call on this listing; NULL at the end. */
R53_API const r53_cidr_collection *r53_cidr_listing_next_collection(r53_cidr_listing *listing);

/**
 * Lists the blocks of a collection by location, then address (AWS ListCidrBlocks). Free with
 * r53_cidr_listing_free. O(blocks).
 * @return R53_OK, R53_E_NOT_FOUND (NoSuchCidrCollectionException), R53_E_INVALID, R53_E_NOMEM
 */
R53_API int32_t r53_cidr_blocks_list(r53_cidr_listing **out, const r53_cloud *cloud,
                                     const char *collection_id, r53_report *report);

/** Next block, lent until the next call on this listing; NULL at the end. */
R53_API const r53_cidr_block *r53_cidr_listing_next_block(r53_cidr_listing *listing);

/** Frees the listing. */
R53_API void r53_cidr_listing_free(r53_cidr_listing *listing);

#ifdef __cplusplus
}
#endif

#endif
