/**
 * libr53-json: AWS's JSON into an import. A second library (pkg-config r53-json) on jansson; reads
 * from memory, through the public API of libr53 only.
 */
#ifndef R53_JSON_H
#define R53_JSON_H

#include <r53/import.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Whose a document is, where AWS does not print it. NULL members: not said. Where something is
 * needed, missing here and not evident from the document, the call fails and names the member.
 */
typedef struct r53_json_context {
    uint32_t size;                /**< sizeof(r53_json_context) */
    int32_t skip_invalid;         /**< 1: leave out what has no meaning and report it, load the rest */
    const char *account;          /**< "123456789012" */
    const char *region;           /**< "us-east-1" */
    const char *hosted_zone_id;   /**< of list-resource-record-sets */
    const char *hosted_zone_name; /**< of list-resource-record-sets without its SOA */
    const char *load_balancer;    /**< ARN or Classic name, of documents that do not say */
    const char *target_group_arn; /**< of describe-target-health */
} r53_json_context;

/**
 * Reads one JSON document into the import: what the AWS CLI prints, recognised by its top-level
 * key, the supplement, or an account bundle.
 * @param import   gains what the document says; after a failure it may hold part of the document:
 *                 free it without committing, and nothing has changed
 * @param text     UTF-8, need not be NUL-terminated; borrowed
 * @param context  copied where needed; NULL: nothing said
 * @param report   gains unknown fields (notes), doubts (warnings) and errors, with path, and line
 *                 and column where the text itself is malformed; may be NULL
 * @return R53_OK, R53_E_SYNTAX (not JSON), R53_E_INVALID (JSON, but not of a known kind, or with a
 *         value that has no meaning), R53_E_NOMEM
 */
R53_API int32_t r53_json_read(r53_import *import, const char *text, size_t length,
                              const r53_json_context *context, r53_report *report);

#ifdef __cplusplus
}
#endif

#endif
